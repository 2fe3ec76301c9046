using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Clickpath.Loading;

/// <summary>How a value is written, whatever it says: two values of one tag are written alike, and another version of the tag shows.</summary>
internal static class Notation
{
    private const int LongestText = 64;
    private const int ShortestHex = 16;
    private const int LongNumber = 10; // a running number does not become so long from one day to the next
    private const int ShortestAgent = 20;
    private const string Marks = "-.:#/ ";
    private const string Hex = "hex";

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);
    private static readonly string?[] Texts = new string?[1 << (4 + Marks.Length)];

    /// <summary>Of an id, a code or a name: which kinds of characters it has; an underscore counts as a letter.</summary>
    /// <param name="text">Not empty.</param>
    /// <returns>uuid, hex, digits, 10 digits or more, small letters, capitals and digits with #, ...</returns>
    public static string OfText(ReadOnlySpan<byte> text)
    {
        text = Ascii.Cut(text, LongestText);
        var kinds = 0;
        foreach (var letter in text)
            kinds |= Kind(letter);
        if (kinds == 4)
            return text.Length < LongNumber ? "digits" : "10 digits or more";
        if (text.Length == 36 && Utf8Parser.TryParse(text, out Guid _, out var used, 'D') && used == 36)
            return "uuid";
        if (text.Length >= ShortestHex && (kinds & 4) != 0 && text.IndexOfAnyExcept(HexDigits) < 0)
            return Hex;
        return Texts[kinds] ??= Named(kinds);
    }

    /// <summary>As of UTF-8.</summary>
    public static string OfText(string text)
    {
        Span<byte> utf8 = stackalloc byte[4 * LongestText];
        return OfText(utf8[..Encoding.UTF8.GetBytes(text.AsSpan(0, Math.Min(text.Length, LongestText)), utf8)]);
    }

    /// <summary>Of a currency: three letters, or what is not.</summary>
    public static string OfCurrency(string currency) => currency.Length == 3 && currency.All(char.IsAsciiLetter) ? "three letters" : "not three letters";

    /// <summary>Of a URL: its scheme, and whether it names a port.</summary>
    /// <param name="url">Trimmed, not empty.</param>
    /// <param name="path">Whether a slash ends its path; null of a front page.</param>
    public static string OfUrl(ReadOnlySpan<byte> url, out string? path)
    {
        var end = url.IndexOfAny((byte)'?', (byte)'#');
        var location = end < 0 ? url : url[..end];
        var mark = location.IndexOf("://"u8);
        if (mark <= 0 || location[..mark].Contains((byte)'/'))
        {
            path = Path(location);
            return location.StartsWith("//"u8) ? "// without a scheme" : location.StartsWith("/"u8) ? "a path alone" : "no scheme";
        }

        var scheme = location[..mark];
        location = location[(mark + 3)..];
        var slash = location.IndexOf((byte)'/');
        var authority = slash < 0 ? location : location[..slash];
        path = Path(location[authority.Length..]);
        var hasPort = authority.LastIndexOf((byte)':') > authority.LastIndexOfAny((byte)']', (byte)'@');
        return System.Text.Ascii.EqualsIgnoreCase(scheme, "https"u8) ? (hasPort ? "https:// with a port" : "https://")
            : System.Text.Ascii.EqualsIgnoreCase(scheme, "http"u8) ? (hasPort ? "http:// with a port" : "http://")
            : "another scheme";

        static string? Path(ReadOnlySpan<byte> text) => text.Length <= 1 ? null : text[^1] == '/' ? "a slash at the end" : "no slash at the end";
    }

    /// <summary>Of a URL's parameters: whether their values are hashes, all of them, or written out; null where none has a value.</summary>
    /// <param name="url">Trimmed.</param>
    public static string? OfQuery(ReadOnlySpan<byte> url)
    {
        var start = url.IndexOf((byte)'?');
        if (start < 0)
            return null;
        var query = url[(start + 1)..];
        if (query.IndexOf((byte)'#') is >= 0 and var fragment)
            query = query[..fragment];
        var isHashed = false;
        foreach (var range in query.Split((byte)'&'))
        {
            var pair = query[range];
            var value = pair[(pair.IndexOf((byte)'=') + 1)..];
            if (value.IsEmpty || value.Length == pair.Length)
                continue;
            if (OfText(value) != Hex)
                return "written out";
            isHashed = true;
        }

        return isHashed ? "hashed" : null;
    }

    /// <summary>Of a user agent: whether it is as agents are, or breaks off: within brackets, or with a name after name/version.</summary>
    /// <param name="agent">Trimmed, not empty.</param>
    public static string OfAgent(ReadOnlySpan<byte> agent)
    {
        if (agent.Length < ShortestAgent)
            return "short";
        var space = agent.LastIndexOf((byte)' ');
        if (space < 0)
            return "one word";
        var before = agent[..space];
        var last = agent[(space + 1)..];
        var isName = last[^1] is not ((byte)')' or (byte)']') && !last.Contains((byte)'/');
        return agent.Count((byte)'(') != agent.Count((byte)')') || (isName && before[(before.LastIndexOf((byte)' ') + 1)..].Contains((byte)'/')) ? "cut off" : "whole";
    }

    private static int Kind(byte letter) => letter switch
    {
        (byte)'_' => 0,
        >= (byte)'a' and <= (byte)'z' => 1,
        >= (byte)'A' and <= (byte)'Z' => 2,
        >= (byte)'0' and <= (byte)'9' => 4,
        _ => Marks.IndexOf((char)letter, StringComparison.Ordinal) is var mark and >= 0 ? 16 << mark : 8,
    };

    private static string Named(int kinds)
    {
        string[] all = ["small letters", "capitals", "digits", "other characters"];
        List<string> names = [.. all.Where((_, i) => (kinds & (1 << i)) != 0)];
        var letters = names.Count > 1 ? $"{string.Join(", ", names[..^1])} and {names[^1]}" : string.Concat(names);
        var marks = string.Join(" ", Marks.Where((_, i) => (kinds & (16 << i)) != 0).Select(mark => mark == ' ' ? "spaces" : mark.ToString()));
        return (letters, marks) switch
        {
            ("", "") => "underscores",
            ("", _) => marks,
            (_, "") => letters,
            _ => $"{letters} with {marks}",
        };
    }
}
