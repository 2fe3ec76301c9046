using System.Text;

namespace Clickpath.Reports.Parquet;

/// <summary>Thrift's compact protocol, as much of it as Parquet's page headers and footer need: thrift.apache.org, thrift-compact-protocol.</summary>
internal sealed class CompactWriter
{
    private const int I32 = 5, I64 = 6, Binary = 8, List = 9, Struct = 12;

    private readonly PageBuffer _bytes = new();
    private readonly Stack<int> _outer = [];
    private int _last;

    /// <summary>What was written since the last <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.Written;

    public void Clear() => _bytes.Clear();

    public CompactWriter Field(int id, int value)
    {
        Header(id, I32);
        Varint(ZigZag(value));
        return this;
    }

    public CompactWriter Field(int id, long value)
    {
        Header(id, I64);
        Varint(ZigZag(value));
        return this;
    }

    public CompactWriter Field(int id, bool value)
    {
        Header(id, value ? 1 : 2);
        return this;
    }

    public CompactWriter Field(int id, string value) => Field(id, Encoding.UTF8.GetBytes(value));

    public CompactWriter Field(int id, ReadOnlySpan<byte> value)
    {
        Header(id, Binary);
        Varint((ulong)value.Length);
        _bytes.Add(value);
        return this;
    }

    /// <summary>A field that is a struct; <paramref name="write"/> writes its fields.</summary>
    public CompactWriter Field(int id, Action<CompactWriter> write)
    {
        Header(id, Struct);
        return Element(write);
    }

    /// <summary>A field that is a list of structs.</summary>
    public CompactWriter Field<T>(int id, IReadOnlyCollection<T> items, Action<CompactWriter, T> write)
    {
        ListHeader(id, items.Count, Struct);
        foreach (var item in items)
            Element(w => write(w, item));
        return this;
    }

    public CompactWriter Field(int id, IReadOnlyCollection<int> values)
    {
        ListHeader(id, values.Count, I32);
        foreach (var value in values)
            Varint(ZigZag(value));
        return this;
    }

    public CompactWriter Field(int id, IReadOnlyCollection<string> values)
    {
        ListHeader(id, values.Count, Binary);
        foreach (var value in values)
        {
            var utf8 = Encoding.UTF8.GetBytes(value);
            Varint((ulong)utf8.Length);
            _bytes.Add(utf8);
        }

        return this;
    }

    /// <summary>A struct that stands alone.</summary>
    public CompactWriter Element(Action<CompactWriter> write)
    {
        _outer.Push(_last);
        _last = 0;
        write(this);
        _bytes.Add((byte)0);
        _last = _outer.Pop();
        return this;
    }

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    private void Header(int id, int type)
    {
        _bytes.Add((byte)(((id - _last) << 4) | type)); // ids grow by less than 16 in all that we write
        _last = id;
    }

    private void ListHeader(int id, int count, int type)
    {
        Header(id, List);
        if (count < 15)
        {
            _bytes.Add((byte)((count << 4) | type));
        }
        else
        {
            _bytes.Add((byte)(0xF0 | type));
            Varint((ulong)count);
        }
    }

    private void Varint(ulong value) => _bytes.AddVarint(value);
}
