using System.IO.Hashing;

namespace Clickpath.Loading;

/// <summary>The key of a text that is stored once: 63 bits of XXH3, so the same in every run, process and machine.</summary>
/// <remarks>
/// Two texts of one key would be taken for one. Among n distinct texts the chance is about n² / 2^64: with ten million
/// page URLs, one in 180,000. XXH3 resists accidents, not an attacker; an export's author gains nothing by one.
/// </remarks>
internal static class TextKey
{
    /// <returns>Above 0, so that 0 is free to mean "none".</returns>
    public static long Of(ReadOnlySpan<byte> utf8) => Math.Max(1, (long)(XxHash3.HashToUInt64(utf8) & long.MaxValue));
}
