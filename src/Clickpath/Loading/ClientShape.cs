using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Clickpath.Loading;

/// <summary>What form a client id has, and the time that it says it was issued at.</summary>
/// <param name="Name">uuid, hex:32, digits:19, digits.digits, digits:10-text:12, text:21.</param>
/// <param name="IssuedAtMs">UTC epoch milliseconds where the id holds an epoch; else null.</param>
internal readonly record struct ClientShape(string Name, long? IssuedAtMs)
{
    private const int ShortestHex = 16;

    // From 2005 to 2100: a random run of ten digits is rarely in it.
    private const long EarliestSeconds = 1_104_537_600;
    private const long LatestSeconds = 4_102_444_800;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);
    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);
    private static readonly SearchValues<byte> DigitsAndDots = SearchValues.Create("0123456789."u8);

    public static ClientShape Of(ReadOnlySpan<byte> id)
    {
        if (id.Length == 36 && Utf8Parser.TryParse(id, out Guid _, out var used, 'D') && used == 36)
            return new("uuid", null);
        var leading = id.IndexOfAnyExcept(Digits);
        if (leading < 0)
            return new(Counted("digits", id.Length), Epoch(id));
        if (id.Length >= ShortestHex && id.IndexOfAnyExcept(HexDigits) < 0)
            return new(Counted("hex", id.Length), null);
        // GA1.2.1234567890.1741234567: the last group is the time of the first visit.
        var plain = id.StartsWith("GA"u8) ? id[2..] : id;
        if (plain.IndexOfAnyExcept(DigitsAndDots) < 0)
            return new("digits.digits", Epoch(plain[(plain.LastIndexOf((byte)'.') + 1)..]));
        return leading is 10 or 13
            ? new(Counted("digits", leading) + "-" + Counted("text", id.Length - leading - 1), Epoch(id[..leading]))
            : new(Counted("text", id.Length), null);
    }

    private static string Counted(string kind, int length) => string.Create(CultureInfo.InvariantCulture, $"{kind}:{length}");

    private static long? Epoch(ReadOnlySpan<byte> digits)
    {
        if (digits.Length is not (10 or 13) || !long.TryParse(Encoding.ASCII.GetString(digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        var ms = digits.Length == 10 ? number * 1000 : number;
        return ms is >= EarliestSeconds * 1000 and <= LatestSeconds * 1000 ? ms : null;
    }
}
