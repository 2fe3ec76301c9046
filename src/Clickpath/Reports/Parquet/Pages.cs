using System.Buffers.Binary;
using System.Numerics;

namespace Clickpath.Reports.Parquet;

/// <summary>Bytes of a page on their way to the file.</summary>
internal sealed class PageBuffer
{
    private byte[] _bytes = new byte[1 << 16];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Room for so many bytes, counted as written.</summary>
    public Span<byte> Take(int count)
    {
        if (_bytes.Length - Length < count)
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + count));
        Length += count;
        return _bytes.AsSpan(Length - count, count);
    }

    public void Add(byte value) => Take(1)[0] = value;

    public void Add(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    public void Add(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    public void Add(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    public void Patch(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(at), value);

    public void AddVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            Add((byte)(value | 0x80));
        Add((byte)value);
    }
}

/// <summary>Parquet's RLE/bit-packing hybrid: small numbers as runs of one value, or packed eight at a time.</summary>
internal static class RunLength
{
    /// <summary>Bits that numbers below <paramref name="count"/> need; one at least, as not every reader knows none.</summary>
    public static int BitWidth(int count) => count <= 2 ? 1 : 32 - BitOperations.LeadingZeroCount((uint)(count - 1));

    /// <summary>One value, so many times.</summary>
    public static void WriteRun(PageBuffer page, int value, int count, int bitWidth)
    {
        page.AddVarint((ulong)count << 1);
        for (var bits = 0; bits < bitWidth; bits += 8)
            page.Add((byte)(value >> bits));
    }

    public static void Write(PageBuffer page, ReadOnlySpan<int> values, int bitWidth)
    {
        var i = 0;
        while (i < values.Length)
        {
            var run = RunAt(values, i);
            if (run >= 8)
            {
                WriteRun(page, values[i], run, bitWidth);
                i += run;
                continue;
            }

            // Packed groups go on until a long run begins at the edge of a group; the last one is filled up with zeros.
            var start = i;
            do
                i += 8;
            while (i < values.Length && RunAt(values, i) < 8);
            var groups = (i - start) / 8;
            page.AddVarint(((ulong)groups << 1) | 1);
            Pack(page.Take(groups * bitWidth), values[start..Math.Min(i, values.Length)], bitWidth);
            i = Math.Min(i, values.Length);
        }
    }

    private static int RunAt(ReadOnlySpan<int> values, int start)
    {
        var end = start + 1;
        while (end < values.Length && values[end] == values[start])
            end++;
        return end - start;
    }

    private static void Pack(Span<byte> target, ReadOnlySpan<int> values, int bitWidth)
    {
        ulong pending = 0;
        int bits = 0, at = 0;
        foreach (var value in values)
        {
            pending |= (ulong)(uint)value << bits;
            for (bits += bitWidth; bits >= 8; bits -= 8, pending >>= 8)
                target[at++] = (byte)pending;
        }

        if (bits > 0)
            target[at++] = (byte)pending;
        target[at..].Clear();
    }
}
