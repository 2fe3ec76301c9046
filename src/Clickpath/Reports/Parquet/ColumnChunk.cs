using System.Text;

namespace Clickpath.Reports.Parquet;

/// <summary>The values of one column in one row group, NULLs among them.</summary>
internal sealed class ColumnChunk
{
    private readonly List<long> _numbers = [];
    private readonly List<string?> _texts = []; // as long as the rows only where the column is text
    private readonly List<bool> _isKnown = [];
    private readonly string[] _recent = new string[64];

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
        Span<char> chars = stackalloc char[128];
        if (utf8.Length > chars.Length)
            return Encoding.UTF8.GetString(utf8);
        ReadOnlySpan<char> text = chars[..Encoding.UTF8.GetChars(utf8, chars)];
        ref var recent = ref _recent[text.IsEmpty ? 0 : (text.Length + (text[0] * 7) + (text[^1] * 31)) & 63];
        return recent is not null && text.SequenceEqual(recent) ? recent : recent = text.ToString();
    }
}
