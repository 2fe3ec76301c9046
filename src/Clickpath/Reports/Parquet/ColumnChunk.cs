using System.Text;

namespace Clickpath.Reports.Parquet;

/// <summary>The values of one column in one row group, NULLs among them. Text is kept as the bytes that were read: what it takes to make
/// strings of them, the thread spends that writes.</summary>
internal sealed class ColumnChunk
{
    private const int MuchText = 1 << 25;

    private long[] _values = new long[256]; // of a text: where it starts, and how long it is
    private bool[] _isKnown = new bool[256];
    private byte[] _utf8 = [];
    private int _utf8Length;

    /// <summary>Rows, NULLs among them.</summary>
    public int Count { get; private set; }

    /// <summary>Whether it holds so much text that the row group should end here, whatever its rows.</summary>
    public bool IsLarge => _utf8Length >= MuchText;

    public void Clear() => (Count, _utf8Length) = (0, 0);

    public void AddNull() => Add(0, false);

    /// <summary>Adds a number; of a fraction, its bits.</summary>
    public void Add(long value) => Add(value, true);

    public void Add(ReadOnlySpan<byte> utf8)
    {
        if (_utf8.Length - _utf8Length < utf8.Length)
            Array.Resize(ref _utf8, Math.Max(Math.Max(4096, 2 * _utf8.Length), _utf8Length + utf8.Length));
        utf8.CopyTo(_utf8.AsSpan(_utf8Length));
        Add(((long)_utf8Length << 32) | (uint)utf8.Length, true);
        _utf8Length += utf8.Length;
    }

    /// <summary>The values as the file's type has them.</summary>
    public ReadOnlyMemory<T?> Values<T>(Func<long, T> convert)
        where T : struct
    {
        var values = new T?[Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = _isKnown[i] ? convert(_values[i]) : null;
        return values;
    }

    /// <summary>The values as text.</summary>
    /// <param name="recent">Texts that were there lately.</param>
    public string?[] Texts(RecentTexts recent)
    {
        var texts = new string?[Count];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = _isKnown[i] ? recent.Of(_utf8.AsSpan((int)(_values[i] >> 32), (int)_values[i])) : null;
        return texts;
    }

    private void Add(long value, bool isKnown)
    {
        if (Count == _values.Length)
        {
            Array.Resize(ref _values, 2 * Count);
            Array.Resize(ref _isKnown, 2 * Count);
        }

        (_values[Count], _isKnown[Count]) = (value, isKnown);
        Count++;
    }
}

/// <summary>Channels, devices and names come again and again: a text that was there lately need not be made anew. For one thread.</summary>
internal sealed class RecentTexts
{
    private const int MostBytes = 128;

    private readonly (byte[]? Utf8, int Length, string Text)[] _texts = new (byte[]?, int, string)[256];

    public string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MostBytes)
            return Encoding.UTF8.GetString(utf8);
        ref var last = ref _texts[utf8.IsEmpty ? 0 : (utf8.Length + (utf8[0] * 7) + (utf8[utf8.Length / 2] * 13) + (utf8[^1] * 31)) & 255];
        if (last.Utf8 is not null && utf8.SequenceEqual(last.Utf8.AsSpan(0, last.Length)))
            return last.Text;
        utf8.CopyTo(last.Utf8 ??= new byte[MostBytes]);
        (last.Length, last.Text) = (utf8.Length, Encoding.UTF8.GetString(utf8));
        return last.Text;
    }
}
