namespace Clickpath.Loading;

/// <summary>What is done to bytes of UTF-8 without making a string of them.</summary>
internal static class Ascii
{
    /// <summary>Where the text is without the spaces and control characters around it.</summary>
    public static (int Start, int Length) Trim(ReadOnlySpan<byte> text)
    {
        int start = 0, end = text.Length;
        while (start < end && text[start] <= ' ')
            start++;
        while (end > start && text[end - 1] <= ' ')
            end--;
        return (start, end - start);
    }

    public static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> text)
    {
        var (start, length) = Trim(text);
        return text.Slice(start, length);
    }

    /// <summary>A to Z; other letters stay.</summary>
    public static void Lower(Span<byte> text)
    {
        foreach (ref var value in text)
        {
            if (value is >= (byte)'A' and <= (byte)'Z')
                value |= 0x20;
        }
    }

    /// <summary>The first characters of a text, no more than so many bytes.</summary>
    public static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text, int bytes)
    {
        if (text.Length <= bytes)
            return text;
        while (bytes > 0 && (text[bytes] & 0xC0) == 0x80)
            bytes--;
        return text[..bytes];
    }
}
