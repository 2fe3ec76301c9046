using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Clickpath.Loading;

/// <summary>What a page's URL says, as texts of the batch that the URL is in.</summary>
internal readonly record struct PageUrl(
    Text Host,
    Text Path,
    Text UtmSource,
    Text UtmMedium,
    Text UtmCampaign,
    Text UtmContent,
    Text UtmTerm,
    bool HasConflictingUtm,
    long ParameterSetKey);

/// <summary>Takes URLs apart where they lie in the batch's text: only what has to be decoded is copied.</summary>
internal sealed class UrlParser
{
    private const int UtmCount = 5;
    private const string LettersAndDigits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private static readonly SearchValues<byte> SchemeBytes = SearchValues.Create(Encoding.ASCII.GetBytes(LettersAndDigits + "+-."));
    private static readonly SearchValues<byte> HostBytes = SearchValues.Create(Encoding.ASCII.GetBytes(LettersAndDigits + "-._:"));
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create(Encoding.ASCII.GetBytes(LettersAndDigits + "-._"));

    private readonly ParameterNames _names = new();
    private readonly Text[] _utm = new Text[UtmCount];
    private readonly ArrayBufferWriter<byte> _place = new();
    private byte[] _decoded = new byte[256];

    /// <summary>The names of the query parameters of the last page; empty where there is none.</summary>
    public ReadOnlySpan<byte> ParameterNames => _names.Joined;

    /// <summary>Reads a page's URL. The key of its parameter set is that of <see cref="ParameterNames"/>.</summary>
    public PageUrl Page(TextBuffer buffer, Text url)
    {
        url = Trimmed(buffer, url);
        var fragment = buffer[url].IndexOf((byte)'#');
        if (fragment >= 0)
            url = url with { Length = fragment };
        var question = buffer[url].IndexOf((byte)'?');
        var query = question < 0 ? Text.Empty : Part(url, question + 1, url.Length);
        var location = question < 0 ? url : url with { Length = question };

        var hasConflict = ReadQuery(buffer, query);
        var (_, host, path) = Split(buffer, location, isBareHostAllowed: false);
        if (path.Length == 0)
            path = buffer.Add("/"u8);
        var names = _names.Joined;
        return new PageUrl(host, path, _utm[0], _utm[1], _utm[2], _utm[3], _utm[4], hasConflict, names.IsEmpty ? 0 : TextKey.Of(names));
    }

    /// <summary>The key of a page's place: of all that it shares with the same page in other visits, which have other values in its query.</summary>
    public long PlaceKey(TextBuffer buffer, in PageUrl page, PersonalData personalData)
    {
        _place.ResetWrittenCount();
        foreach (var text in (ReadOnlySpan<Text>)[page.Host, page.Path, page.UtmSource, page.UtmMedium, page.UtmCampaign])
        {
            // Its length stands before it, so that none runs into the next.
            Number(text.Length);
            if (text.Length > 0)
                _place.Write(buffer[text]);
        }

        Number(page.HasConflictingUtm ? 1 : 0);
        Number(page.ParameterSetKey);
        Number((long)personalData);
        return TextKey.Of(_place.WrittenSpan);

        void Number(long value)
        {
            BinaryPrimitives.WriteInt64LittleEndian(_place.GetSpan(sizeof(long)), value);
            _place.Advance(sizeof(long));
        }
    }

    /// <summary>Reads where a visit came from.</summary>
    public static (Text Scheme, Text Host) Referrer(TextBuffer buffer, Text url)
    {
        url = Trimmed(buffer, url);
        var end = buffer[url].IndexOfAny((byte)'?', (byte)'#');
        var (scheme, host, _) = Split(buffer, end < 0 ? url : url with { Length = end }, isBareHostAllowed: true);
        return (scheme, host);
    }

    private static (Text Scheme, Text Host, Text Path) Split(TextBuffer buffer, Text url, bool isBareHostAllowed)
    {
        var text = buffer[url];
        var scheme = Text.None;
        var authority = 0;
        var mark = text.IndexOf("://"u8);
        if (mark > 0 && IsScheme(text[..mark]))
        {
            scheme = Lower(buffer, Part(url, 0, mark));
            authority = mark + 3;
        }
        else if (text.StartsWith("//"u8))
        {
            authority = 2;
        }
        else if (text.IsEmpty || text[0] == '/')
        {
            return (Text.None, Text.None, url);
        }
        else if (!LooksLikeHost(text, isBareHostAllowed))
        {
            return (Text.None, Text.None, Text.None);
        }

        var slash = buffer[url][authority..].IndexOfAny((byte)'/', (byte)'\\');
        var end = slash < 0 ? url.Length : authority + slash;
        return (scheme, Host(buffer, Part(url, authority, end)), Part(url, end, url.Length));
    }

    private static bool IsScheme(ReadOnlySpan<byte> text) =>
        char.IsAsciiLetter((char)text[0])
        && text.IndexOfAnyExcept(SchemeBytes) < 0;

    // shop.example/cart has a host; index.html or (direct) has none.
    private static bool LooksLikeHost(ReadOnlySpan<byte> text, bool isBareHostAllowed)
    {
        var end = text.IndexOf((byte)'/');
        if (end < 0 && !isBareHostAllowed)
            return false;
        var host = end < 0 ? text : text[..end];
        return host.IndexOf((byte)'.') > 0
            && host[^1] != '.'
            && host.IndexOfAnyExcept(HostBytes) < 0;
    }

    private static Text Host(TextBuffer buffer, Text authority)
    {
        var at = buffer[authority].LastIndexOf((byte)'@');
        if (at >= 0)
            authority = Part(authority, at + 1, authority.Length);
        var text = buffer[authority];
        // The colons inside [2001:db8::1] are no port's.
        var colon = text.LastIndexOf((byte)':');
        if (colon > text.LastIndexOf((byte)']'))
            text = text[..colon];
        text = text.TrimEnd((byte)'.');
        return text.IsEmpty ? Text.None : Lower(buffer, authority with { Length = text.Length });
    }

    private static Text Lower(TextBuffer buffer, Text text)
    {
        if (buffer[text].IndexOfAnyInRange((byte)'A', (byte)'Z') < 0)
            return text;
        var lower = buffer[text].ToArray();
        Ascii.Lower(lower);
        return buffer.Add(lower);
    }

    private static Text Trimmed(TextBuffer buffer, Text text)
    {
        var (start, length) = Ascii.Trim(buffer[text]);
        return new Text(text.Start + start, length);
    }

    private static Text Part(Text text, int start, int end) => new(text.Start + start, end - start);

    private bool ReadQuery(TextBuffer buffer, Text query)
    {
        _names.Clear();
        Array.Fill(_utm, Text.None);
        var hasConflict = false;
        var position = 0;
        while (position < query.Length)
        {
            var rest = Part(query, position, query.Length);
            var length = PairLength(buffer[rest]);
            position += length + 1;
            var pair = rest with { Length = length };
            // A link copied out of HTML: ?a=1&amp;b=2
            while (buffer[pair].StartsWith("amp;"u8))
                pair = Part(pair, 4, pair.Length);

            var equals = buffer[pair].IndexOf((byte)'=');
            var name = Decode(buffer[equals < 0 ? pair : pair with { Length = equals }]);
            var utm = _names.Add(name);
            if (utm >= 0 && equals >= 0)
                hasConflict |= Conflicts(buffer, Part(pair, equals + 1, pair.Length), ref _utm[utm]);
        }

        _names.Join();
        return hasConflict;
    }

    // A second ? begins a parameter where a name and = follow: two links glued together (?a=b?utm_source=c).
    private static int PairLength(ReadOnlySpan<byte> query)
    {
        var from = 0;
        while (true)
        {
            var offset = query[from..].IndexOfAny((byte)'&', (byte)'?');
            if (offset < 0)
                return query.Length;
            from += offset;
            if (query[from] == '&')
                return from;
            var name = query[(from + 1)..].IndexOfAnyExcept(NameBytes);
            if (name > 0 && query[from + 1 + name] == '=')
                return from;
            from++;
        }
    }

    private bool Conflicts(TextBuffer buffer, Text encoded, ref Text first)
    {
        var value = buffer[encoded];
        var isPlain = value.IndexOfAny((byte)'%', (byte)'+') < 0;
        var decoded = isPlain ? value : Decode(value);
        var (start, length) = Ascii.Trim(decoded);
        if (length == 0)
            return false;
        if (first.Length >= 0)
            return !buffer[first].SequenceEqual(decoded.Slice(start, length));
        first = isPlain ? new Text(encoded.Start + start, length) : buffer.Add(decoded.Slice(start, length));
        return false;
    }

    private ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> encoded)
    {
        if (encoded.IndexOfAny((byte)'%', (byte)'+') < 0)
            return encoded;
        if (_decoded.Length < encoded.Length)
            _decoded = new byte[2 * encoded.Length];
        return _decoded.AsSpan(0, PercentDecoding.Decode(encoded, _decoded));
    }
}
