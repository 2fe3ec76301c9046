using Parquet;
using Parquet.Schema;

namespace Clickpath.Reports.Parquet;

/// <summary>Writes one file with Parquet.Net, a row group at a time, by dictionary where values repeat and compressed by Snappy. Blocks: it is
/// used on the thread that writes.</summary>
internal sealed class ParquetWriter : IDisposable
{
    private static readonly ParquetOptions Options = new() { CompressionMethod = CompressionMethod.Snappy, DictionaryEncodingThreshold = 0.5 };

    private readonly FileStream _file;
    private readonly RecentTexts _recent;
    private readonly IReadOnlyList<(DataField Field, ColumnType Type)> _columns;
    private readonly global::Parquet.ParquetWriter _writer;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="recent">Of files that are written one after another, or in turn on one thread.</param>
    public ParquetWriter(string path, IReadOnlyList<(string Name, ColumnType Type)> columns, RecentTexts recent)
    {
        _recent = recent;
        _columns = [.. columns.Select(c => (Field(c.Name, c.Type), c.Type))];
        _file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        _writer = global::Parquet.ParquetWriter.CreateAsync(new ParquetSchema(_columns.Select(c => c.Field)), _file, Options).GetAwaiter().GetResult();
    }

    /// <summary>Whether a file has these columns.</summary>
    public static bool HasColumns(string path, IReadOnlyList<(string Name, ColumnType Type)> columns)
    {
        using var file = File.OpenRead(path);
        var reader = global::Parquet.ParquetReader.CreateAsync(file).GetAwaiter().GetResult();
        try
        {
            return reader.Schema.DataFields.Select(field => (field.Name, field.ClrType)).SequenceEqual(columns.Select(c => (c.Name, Field(c.Name, c.Type).ClrType)));
        }
        finally
        {
            reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>Writes the next rows: of each column, its values.</summary>
    public void Write(IReadOnlyList<ColumnChunk> chunks)
    {
        using var group = _writer.CreateRowGroup();
        for (var i = 0; i < chunks.Count; i++)
            Write(group, _columns[i].Field, _columns[i].Type, chunks[i], _recent).GetAwaiter().GetResult();
    }

    /// <summary>Writes the footer; without it, the file is none.</summary>
    public void Complete() => _writer.DisposeAsync().AsTask().GetAwaiter().GetResult();

    public void Dispose() => _file.Dispose();

    private static DataField Field(string name, ColumnType type) => type switch
    {
        ColumnType.Timestamp => new DateTimeDataField(name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Millis, isNullable: true),
        ColumnType.Money => new DecimalDataField(name, 18, 2, isNullable: true),
        ColumnType.Date => new DataField(name, typeof(DateOnly), isNullable: true),
        ColumnType.Whole => new DataField(name, typeof(long), isNullable: true),
        ColumnType.Fraction => new DataField(name, typeof(double), isNullable: true),
        _ => new DataField(name, typeof(string), isNullable: true),
    };

    private static async Task Write(ParquetRowGroupWriter group, DataField field, ColumnType type, ColumnChunk chunk, RecentTexts recent)
    {
        switch (type)
        {
            case ColumnType.Timestamp:
                await group.WriteAsync<DateTime>(field, chunk.Values(ms => DateTime.UnixEpoch.AddMilliseconds(ms)));
                break;
            case ColumnType.Money:
                await group.WriteAsync<decimal>(field, chunk.Values(cents => cents / 100m));
                break;
            case ColumnType.Date:
                await group.WriteAsync<DateOnly>(field, chunk.Values(day => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)day)));
                break;
            case ColumnType.Whole:
                await group.WriteAsync<long>(field, chunk.Values(value => value));
                break;
            case ColumnType.Fraction:
                await group.WriteAsync<double>(field, chunk.Values(BitConverter.Int64BitsToDouble));
                break;
            default:
                await group.WriteAsync(field, chunk.Texts(recent)!);
                break;
        }
    }
}
