using System.Text;

namespace Clickpath.Reports.Parquet;

/// <summary>The values of one column in one row group, NULLs among them.</summary>
internal sealed class ColumnChunk
{
    private readonly List<long> _numbers = [];
    private readonly List<string?> _texts = []; // as long as the rows only where the column is text
    private readonly List<bool> _isKnown = [];
    private readonly Recent[] _recent = new Recent[256];

    /// <summary>Rows, NULLs among them.</summary>
    public int Count => _isKnown.Count;

    public void Clear()
    {
        _numbers.Clear();
        _texts.Clear();
        _isKnown.Clear();
    }

    public void AddNull()
    {
        _numbers.Add(0);
        _isKnown.Add(false);
    }

    /// <summary>Adds a number; of a fraction, its bits.</summary>
    public void Add(long value)
    {
        _numbers.Add(value);
        _isKnown.Add(true);
    }

    public void Add(ReadOnlySpan<byte> utf8)
    {
        PadTexts();
        _texts.Add(Text(utf8));
        Add(0);
    }

    /// <summary>The values as the file's type has them.</summary>
    public ReadOnlyMemory<T?> Values<T>(Func<long, T> convert)
        where T : struct
    {
        var values = new T?[Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = _isKnown[i] ? convert(_numbers[i]) : null;
        return values;
    }

    public string?[] Texts()
    {
        PadTexts();
        return [.. _texts];
    }

    private void PadTexts()
    {
        while (_texts.Count < Count)
            _texts.Add(null);
    }

    // Channels, devices and names come again and again: the text that was there last need not be made anew.
    private string Text(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > Recent.MostBytes)
            return Encoding.UTF8.GetString(utf8);
        ref var recent = ref _recent[utf8.IsEmpty ? 0 : (utf8.Length + (utf8[0] * 7) + (utf8[utf8.Length / 2] * 13) + (utf8[^1] * 31)) & 255];
        if (recent.Text is { } last && utf8.SequenceEqual(recent.Utf8.AsSpan(0, recent.Length)))
            return last;
        utf8.CopyTo(recent.Utf8 ??= new byte[Recent.MostBytes]);
        recent.Length = utf8.Length;
        return recent.Text = Encoding.UTF8.GetString(utf8);
    }

    /// <summary>A text, and the bytes that it was made of.</summary>
    private struct Recent
    {
        public const int MostBytes = 128;

        public byte[]? Utf8;
        public int Length;
        public string? Text;
    }
}
