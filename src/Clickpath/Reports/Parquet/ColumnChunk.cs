using System.IO.Hashing;

namespace Clickpath.Reports.Parquet;

/// <summary>The values of one column in one row group, and how they are laid out in a file.</summary>
internal sealed class ColumnChunk
{
    // Longer bounds would make the footer as wide as the texts.
    private const int LongestBound = 128;

    private readonly PageBuffer _text = new();
    private long[] _numbers = new long[1024];
    private int[] _levels = []; // 1 a value, 0 NULL; not kept before the first NULL

    /// <summary>Rows, NULLs among them.</summary>
    public int Count { get; private set; }

    /// <summary>Rows that are NULL.</summary>
    public int NullCount => Count - Values;

    // Values that are not NULL; of text, _numbers holds where each one ends.
    private int Values { get; set; }

    public void Clear()
    {
        (Count, Values) = (0, 0);
        _text.Clear();
    }

    public void AddNull() => AddLevel(0);

    /// <summary>Adds a number; of a fraction, its bits.</summary>
    public void Add(long value)
    {
        AddLevel(1);
        AddNumber(value);
    }

    public void Add(ReadOnlySpan<byte> utf8)
    {
        AddLevel(1);
        _text.Add(utf8);
        AddNumber(_text.Length);
    }

    /// <summary>Lays out the values: a dictionary page where values repeat enough for it to be smaller, and a data page.</summary>
    /// <returns>How many entries the dictionary has; 0: there is none.</returns>
    public int Encode(ColumnType type, DictionaryIndex index, PageBuffer dictionary, PageBuffer data)
    {
        dictionary.Clear();
        data.Clear();
        data.Add(0);
        if (NullCount == 0)
            RunLength.WriteRun(data, 1, Count, 1);
        else
            RunLength.Write(data, _levels.AsSpan(0, Count), 1);
        data.Patch(0, data.Length - 4);

        var distinct = Distinct(type, index, dictionary);
        if (distinct > 0)
        {
            var bits = RunLength.BitWidth(distinct);
            data.Add((byte)bits);
            RunLength.Write(data, index.Codes(Values), bits);
        }
        else
        {
            dictionary.Clear();
            for (var i = 0; i < Values; i++)
                Plain(type, data, i);
        }

        return distinct;
    }

    /// <summary>The least and the greatest value as the footer's statistics hold them; empty where there is none, or none worth its length.</summary>
    public (byte[] Least, byte[] Greatest) Bounds(ColumnType type)
    {
        if (Values == 0)
            return ([], []);
        int least = 0, greatest = 0;
        for (var i = 1; i < Values; i++)
        {
            if (Compare(type, i, least) < 0)
                least = i;
            else if (Compare(type, i, greatest) > 0)
                greatest = i;
        }

        return type == ColumnType.Text && Math.Max(TextAt(least).Length, TextAt(greatest).Length) > LongestBound ? ([], []) : (Bound(least), Bound(greatest));

        byte[] Bound(int i)
        {
            if (type == ColumnType.Text)
                return TextAt(i).ToArray();
            var page = new PageBuffer();
            Plain(type, page, i);
            return page.Written.ToArray();
        }
    }

    private void AddLevel(int level)
    {
        if (level == 1 && NullCount == 0)
        {
            Count++;
            return;
        }

        if (Count >= _levels.Length)
            Array.Resize(ref _levels, Math.Max(1024, 2 * Count));
        if (NullCount == 0)
            _levels.AsSpan(0, Count).Fill(1);
        _levels[Count++] = level;
    }

    private void AddNumber(long value)
    {
        if (Values == _numbers.Length)
            Array.Resize(ref _numbers, 2 * Values);
        _numbers[Values++] = value;
    }

    private int Compare(ColumnType type, int a, int b) => type switch
    {
        ColumnType.Text => TextAt(a).SequenceCompareTo(TextAt(b)), // by bytes, as Parquet orders UTF-8
        ColumnType.Fraction => BitConverter.Int64BitsToDouble(_numbers[a]).CompareTo(BitConverter.Int64BitsToDouble(_numbers[b])),
        _ => _numbers[a].CompareTo(_numbers[b]),
    };

    private ReadOnlySpan<byte> TextAt(int i)
    {
        var start = i == 0 ? 0 : (int)_numbers[i - 1];
        return _text.Written[start..(int)_numbers[i]];
    }

    private void Plain(ColumnType type, PageBuffer page, int i)
    {
        switch (type)
        {
            case ColumnType.Text:
                var text = TextAt(i);
                page.Add(text.Length);
                page.Add(text);
                break;
            case ColumnType.Date:
                page.Add((int)_numbers[i]);
                break;
            default:
                page.Add(_numbers[i]);
                break;
        }
    }

    // Numbers the distinct values in the order in which they come; gives up where a dictionary would not pay.
    private int Distinct(ColumnType type, DictionaryIndex index, PageBuffer dictionary)
    {
        if (Values == 0)
            return 0;
        var (slots, codes, mask) = index.Over(Values);
        var firsts = new List<int>();
        for (var i = 0; i < Values; i++)
        {
            var slot = (int)Hash(type, i) & mask;
            while (slots[slot] != 0 && !Same(type, firsts[slots[slot] - 1], i))
                slot = (slot + 1) & mask;
            if (slots[slot] == 0)
            {
                firsts.Add(i);
                slots[slot] = firsts.Count;
                if (firsts.Count > 1024 && firsts.Count > (i + 1) / 2)
                    return 0;
            }

            codes[i] = slots[slot] - 1;
        }

        foreach (var first in firsts)
            Plain(type, dictionary, first);
        return firsts.Count;
    }

    private ulong Hash(ColumnType type, int i) => type == ColumnType.Text
        ? XxHash3.HashToUInt64(TextAt(i))
        : (ulong)_numbers[i] * 0x9E3779B97F4A7C15 >> 20; // Fibonacci hashing: the upper bits are the mixed ones

    private bool Same(ColumnType type, int a, int b) => type == ColumnType.Text ? TextAt(a).SequenceEqual(TextAt(b)) : _numbers[a] == _numbers[b];
}

/// <summary>Room to number distinct values in, used again for every column.</summary>
internal sealed class DictionaryIndex
{
    private int[] _slots = [];
    private int[] _codes = [];

    /// <summary>A cleared hash table of twice as many slots as values, at least, and a code for each value.</summary>
    public (int[] Slots, int[] Codes, int Mask) Over(int values)
    {
        var size = 1 << RunLength.BitWidth(Math.Max(16, 2 * values));
        if (_slots.Length < size)
            _slots = new int[size];
        if (_codes.Length < values)
            _codes = new int[values];
        _slots.AsSpan(0, size).Clear();
        return (_slots, _codes, size - 1);
    }

    public ReadOnlySpan<int> Codes(int values) => _codes.AsSpan(0, values);
}
