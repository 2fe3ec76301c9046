using System.Buffers.Binary;
using Snappier;

namespace Clickpath.Reports.Parquet;

/// <summary>
/// Writes one Parquet file, a row group at a time: columns may be NULL, are encoded by dictionary where that is smaller, compressed by
/// Snappy, and have their bounds in the footer. See parquet.apache.org/docs/file-format and parquet.thrift.
/// </summary>
internal sealed class ParquetWriter : IDisposable
{
    // Numbers of parquet.thrift.
    private const int Int32 = 1, Int64 = 2, Double = 5, ByteArray = 6;
    private const int PlainEncoding = 0, RunLengthEncoding = 3, DictionaryEncoding = 8;
    private const int Optional = 1, SnappyCodec = 1, DataPage = 0, DictionaryPage = 2;

    private static readonly byte[] Magic = "PAR1"u8.ToArray();

    private readonly FileStream _file;
    private readonly IReadOnlyList<(string Name, ColumnType Type)> _columns;
    private readonly List<RowGroup> _groups = [];
    private readonly DictionaryIndex _index = new();
    private readonly PageBuffer _dictionary = new();
    private readonly PageBuffer _data = new();
    private readonly PageBuffer _compressed = new();
    private readonly CompactWriter _header = new();

    public ParquetWriter(string path, IReadOnlyList<(string Name, ColumnType Type)> columns)
    {
        _columns = columns;
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        _file.Write(Magic);
    }

    /// <summary>Writes the next rows: of each column, its values.</summary>
    public void Write(IReadOnlyList<ColumnChunk> columns)
    {
        var group = new RowGroup(columns[0].Count, []);
        for (var i = 0; i < columns.Count; i++)
            group.Columns.Add(Write(columns[i], _columns[i].Type));
        _groups.Add(group);
    }

    /// <summary>Writes the footer; without it, the file is none.</summary>
    public void Complete()
    {
        _header.Clear();
        _header.Element(Footer);
        _file.Write(_header.Bytes);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, _header.Bytes.Length);
        _file.Write(length);
        _file.Write(Magic);
    }

    public void Dispose() => _file.Dispose();

    private static int PhysicalType(ColumnType type) => type switch
    {
        ColumnType.Text => ByteArray,
        ColumnType.Fraction => Double,
        ColumnType.Date => Int32,
        _ => Int64,
    };

    private Chunk Write(ColumnChunk values, ColumnType type)
    {
        var start = _file.Position;
        var entries = values.Encode(type, _index, _dictionary, _data);
        var uncompressed = entries > 0 ? WritePage(_dictionary, w => w
            .Field(7, page => page.Field(1, entries).Field(2, PlainEncoding)), DictionaryPage) : 0;
        var data = _file.Position;
        uncompressed += WritePage(_data, w => w
            .Field(5, page => page.Field(1, values.Count).Field(2, entries > 0 ? DictionaryEncoding : PlainEncoding).Field(3, RunLengthEncoding).Field(4, RunLengthEncoding)), DataPage);
        var (least, greatest) = values.Bounds(type);
        return new Chunk(start, data, entries > 0, _file.Position - start, uncompressed, values.Count, values.NullCount, least, greatest);
    }

    private long WritePage(PageBuffer page, Action<CompactWriter> kind, int type)
    {
        _compressed.Clear();
        var length = Snappy.Compress(page.Written, _compressed.Take(Snappy.GetMaxCompressedLength(page.Length)));
        _header.Clear();
        _header.Element(w => kind(w.Field(1, type).Field(2, page.Length).Field(3, length)));
        _file.Write(_header.Bytes);
        _file.Write(_compressed.Written[..length]);
        return page.Length + _header.Bytes.Length;
    }

    private void Footer(CompactWriter footer) => footer
        .Field(1, 2)
        .Field(2, (IReadOnlyList<(string, ColumnType?)>)[("schema", null), .. _columns.Select(c => (c.Name, (ColumnType?)c.Type))], SchemaElement)
        .Field(3, _groups.Sum(g => (long)g.Count))
        .Field(4, _groups, (w, group) => w
            .Field(1, group.Columns.Zip(_columns).ToList(), (c, column) => c
                .Field(2, column.First.Start)
                .Field(3, meta => ColumnMetadata(meta, column.First, column.Second)))
            .Field(2, group.Columns.Sum(c => c.UncompressedSize))
            .Field(3, (long)group.Count)
            .Field(6, group.Columns.Sum(c => c.Size)))
        .Field(6, "Clickpath")
        .Field(7, _columns, (w, _) => w.Field(1, _ => { })); // each column is ordered as its type is

    private void SchemaElement(CompactWriter w, (string Name, ColumnType? Type) element)
    {
        if (element.Type is not { } type)
        {
            w.Field(4, element.Name).Field(5, _columns.Count);
            return;
        }

        w.Field(1, PhysicalType(type)).Field(3, Optional).Field(4, element.Name);
        switch (type)
        {
            case ColumnType.Text:
                w.Field(6, 0).Field(10, logical => logical.Field(1, _ => { }));
                break;
            case ColumnType.Money:
                w.Field(6, 5).Field(7, 2).Field(8, 18).Field(10, logical => logical.Field(5, money => money.Field(1, 2).Field(2, 18)));
                break;
            case ColumnType.Date:
                w.Field(6, 6).Field(10, logical => logical.Field(6, _ => { }));
                break;
            case ColumnType.Timestamp:
                w.Field(6, 9).Field(10, logical => logical.Field(8, time => time.Field(1, true).Field(2, unit => unit.Field(1, _ => { }))));
                break;
        }
    }

    private static void ColumnMetadata(CompactWriter w, Chunk chunk, (string Name, ColumnType Type) column)
    {
        w.Field(1, PhysicalType(column.Type))
            .Field(2, (int[])(chunk.HasDictionary ? [PlainEncoding, RunLengthEncoding, DictionaryEncoding] : [PlainEncoding, RunLengthEncoding]))
            .Field(3, (string[])[column.Name])
            .Field(4, SnappyCodec)
            .Field(5, (long)chunk.Count)
            .Field(6, chunk.UncompressedSize)
            .Field(7, chunk.Size)
            .Field(9, chunk.DataStart);
        if (chunk.HasDictionary)
            w.Field(11, chunk.Start);
        w.Field(12, statistics =>
        {
            statistics.Field(3, (long)chunk.NullCount);
            if (chunk.Least.Length > 0 || chunk.Greatest.Length > 0)
                statistics.Field(5, chunk.Greatest).Field(6, chunk.Least);
        });
    }

    private sealed record RowGroup(int Count, List<Chunk> Columns);

    private sealed record Chunk(long Start, long DataStart, bool HasDictionary, long Size, long UncompressedSize, int Count, int NullCount, byte[] Least, byte[] Greatest);
}
