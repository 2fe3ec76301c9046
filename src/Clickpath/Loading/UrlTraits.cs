using System.Buffers;

namespace Clickpath.Loading;

/// <summary>What a URL seems to hold that does not belong into an export; judged by its form alone.</summary>
[Flags]
internal enum PersonalData
{
    None = 0,
    Card = 1,
    Email = 2,
    Phone = 4,
    Token = 8,
}

/// <summary>What the values in a URL look like; the values themselves go nowhere.</summary>
/// <param name="PersonalData">What the path, the query and the fragment seem to hold.</param>
/// <param name="ValueCount">Parameters with a value.</param>
/// <param name="HashedCount">Those of them whose value is hexadecimal, as hashes are.</param>
internal readonly record struct UrlTraits(PersonalData PersonalData, int ValueCount, int HashedCount)
{
    private const int ShortestHash = 6;
    private const int ShortestToken = 8;
    private const int FewestPhoneDigits = 8;
    private const int MostPhoneDigits = 15;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);
    private static readonly SearchValues<byte> LocalPart = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-"u8);
    private static readonly SearchValues<byte> LettersAndDigits = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"u8);
    private static readonly SearchValues<byte> Domain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"u8);

    private static readonly HashSet<string> PhoneNames = ["phone", "phonenumber", "mobile", "tel", "telephone", "msisdn"];
    private static readonly HashSet<string> TokenNames = ["auth", "password", "passwd", "pwd", "secret", "clientsecret", "apikey", "jwt", "sessionid", "sid", "signature"];

    /// <summary>Looks a URL over.</summary>
    public static UrlTraits Of(ReadOnlySpan<byte> url)
    {
        // A user's name before the host is no e-mail address.
        var scheme = url.IndexOf("://"u8);
        var location = scheme < 0 ? url : url[(scheme + 3)..];
        var slash = scheme < 0 ? 0 : location.IndexOf((byte)'/');
        var rest = slash < 0 ? default : location[slash..];
        var found = HasEmail(rest) ? PersonalData.Email : PersonalData.None;
        var authority = scheme < 0 ? default : slash < 0 ? location : location[..slash];
        if (authority.IndexOf((byte)'@') is > 0 and var at && authority[..at].Contains((byte)':'))
            found |= PersonalData.Token; // name:password@host

        var question = rest.IndexOfAny((byte)'?', (byte)'#');
        var query = question < 0 ? default : rest[(question + 1)..];
        var path = question < 0 ? rest : rest[..question];
        for (var part = path; part.IndexOf("/eyJ"u8) is >= 0 and var start; part = part[(start + 1)..])
        {
            if (part[(start + 1)..] is var segment && segment[..(segment.IndexOf((byte)'/') is >= 0 and var end ? end : segment.Length)].Contains((byte)'.'))
                found |= PersonalData.Token;
        }

        int values = 0, hashed = 0;
        while (!query.IsEmpty)
        {
            var end = query.IndexOfAny((byte)'&', (byte)'?', (byte)'#');
            var pair = end < 0 ? query : query[..end];
            query = end < 0 ? default : query[(end + 1)..];
            var equals = pair.IndexOf((byte)'=');
            if (equals < 0 || equals == pair.Length - 1)
                continue;
            var value = pair[(equals + 1)..];
            values++;
            if (value.Length >= ShortestHash && value.IndexOfAnyExcept(HexDigits) < 0)
                hashed++;
            found |= InValue(pair[..equals], value);
        }

        return new UrlTraits(found, values, hashed);
    }

    /// <summary>Whether a text holds something of the form name@host.tld, also with %40 for @.</summary>
    public static bool HasEmail(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            var at = text.IndexOf((byte)'@');
            var encoded = text.IndexOf("%40"u8);
            var isEncoded = encoded >= 0 && (at < 0 || encoded < at);
            var mark = isEncoded ? encoded : at;
            if (mark < 0)
                return false;
            var after = text[(mark + (isEncoded ? 3 : 1))..];
            if (mark > 0 && LocalPart.Contains(text[mark - 1]) && IsDomain(after))
                return true;
            text = after;
        }
    }

    /// <summary>Whether a value is, or holds, an e-mail address or a card number.</summary>
    public static bool IsPersonal(ReadOnlySpan<byte> value)
    {
        Span<byte> digits = stackalloc byte[MostPhoneDigits + 2];
        return HasEmail(value) || (value.Length >= ShortestToken && Digits(value, digits) is var (count, _) && (IsCard(digits[..Math.Max(0, count)]) || HasCard(value)));
    }

    /// <summary>Whether a host is a made-up one, with a hash for a name: source-0a1b2c3d.example.</summary>
    public static bool IsOpaqueHost(ReadOnlySpan<byte> host)
    {
        const int ShortestLabel = 8;
        while (!host.IsEmpty)
        {
            var end = host.IndexOfAny((byte)'.', (byte)'-', (byte)'_');
            var label = end < 0 ? host : host[..end];
            host = end < 0 ? default : host[(end + 1)..];
            if (label.Length >= ShortestLabel && label.IndexOfAnyExcept(HexDigits) < 0 && label.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0)
                return true;
        }

        return false;
    }

    /// <summary>As <c>personal_data</c> has it: <c>' card email '</c>; empty: nothing.</summary>
    public static string Names(PersonalData found) =>
        found == PersonalData.None ? "" : " " + found.ToString().ToLowerInvariant().Replace(",", "", StringComparison.Ordinal) + " ";

    private static bool IsDomain(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExcept(Domain);
        var domain = (end < 0 ? text : text[..end]).TrimEnd((byte)'.');
        var top = domain[(domain.LastIndexOf((byte)'.') + 1)..];
        return top.Length >= 2 && top.Length < domain.Length - 1 && top.IndexOfAnyInRange((byte)'0', (byte)'9') < 0;
    }

    private static PersonalData InValue(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var found = PersonalData.None;
        if (value.StartsWith("eyJ"u8) && value.Contains((byte)'.'))
            found |= PersonalData.Token;
        if (value.Length < ShortestToken)
            return found;
        var known = Canonical(name);
        if (TokenNames.Contains(known) || known.EndsWith("token", StringComparison.Ordinal))
            found |= PersonalData.Token;

        Span<byte> digits = stackalloc byte[MostPhoneDigits + 2];
        var (count, isInternational) = Digits(value, digits);
        if (count is >= FewestPhoneDigits and <= MostPhoneDigits && (isInternational || PhoneNames.Contains(known)))
            found |= PersonalData.Phone;
        else if (IsCard(digits[..Math.Max(0, count)]))
            found |= PersonalData.Card;
        return found;
    }

    // 4111 1111-1111%201111; -1 where anything but digits and what people put between them is there.
    private static (int Count, bool IsInternational) Digits(ReadOnlySpan<byte> value, Span<byte> digits)
    {
        var isInternational = value[0] == '+' || value.StartsWith("%2B"u8) || value.StartsWith("%2b"u8);
        value = value[(isInternational ? value[0] == '+' ? 1 : 3 : 0)..];
        var count = 0;
        while (!value.IsEmpty)
        {
            var isSpace = value.StartsWith("%20"u8);
            if (value[0] is >= (byte)'0' and <= (byte)'9')
            {
                if (count == digits.Length)
                    return (-1, false);
                digits[count++] = (byte)(value[0] - '0');
            }
            else if (!isSpace && value[0] is not ((byte)'-' or (byte)'+' or (byte)'.' or (byte)'(' or (byte)')' or (byte)' '))
            {
                return (-1, false);
            }

            value = value[(isSpace ? 3 : 1)..];
        }

        return (count, isInternational);
    }

    // Among other words; digits within a longer word are a hash's.
    private static bool HasCard(ReadOnlySpan<byte> text)
    {
        Span<byte> digits = stackalloc byte[16];
        for (int start = 0, end; start < text.Length; start = end + 1)
        {
            var word = text[start..].IndexOfAnyExcept(LettersAndDigits);
            end = word < 0 ? text.Length : start + word;
            if (end - start is not (15 or 16) || text[start..end].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
                continue;
            for (var i = start; i < end; i++)
                digits[i - start] = (byte)(text[i] - '0');
            if (IsCard(digits[..(end - start)]))
                return true;
        }

        return false;
    }

    // Length and first digits of the large card systems, and Luhn's check digit: one number in some hundred by accident.
    private static bool IsCard(ReadOnlySpan<byte> digits)
    {
        if (digits.Length is not (15 or 16))
            return false;
        var two = (digits[0] * 10) + digits[1];
        var four = (two * 100) + (digits[2] * 10) + digits[3];
        var isKnown = digits.Length == 15 ? two is 34 or 37 : digits[0] == 4 || two is >= 51 and <= 55 or 65 || four is 6011 or (>= 2221 and <= 2720);
        if (!isKnown)
            return false;
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[digits.Length - 1 - i] << (i % 2);
            sum += digit > 9 ? digit - 9 : digit;
        }

        return sum % 10 == 0;
    }

    private static string Canonical(ReadOnlySpan<byte> name)
    {
        Span<char> letters = stackalloc char[24];
        var length = 0;
        foreach (var value in name)
        {
            if (char.IsAsciiLetterOrDigit((char)value) && length < letters.Length)
                letters[length++] = char.ToLowerInvariant((char)value);
        }

        return new string(letters[..length]);
    }
}
