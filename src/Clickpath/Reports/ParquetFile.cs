using System.Data.Common;
using System.Globalization;
using Clickpath.Sql;
using Parquet;
using Parquet.Schema;

namespace Clickpath.Reports;

/// <summary>Streams a query into a Parquet file, a row group at a time.</summary>
/// <remarks>
/// Types follow from the names' units, as everywhere in the house: <c>occurred_at_ms</c> becomes the UTC timestamp
/// <c>occurred_at</c>, <c>revenue_cents</c> the decimal <c>revenue</c>, <c>event_date</c> a date. Any other column is what
/// its first value is, and text where it has none: the engines do not agree on the type of an expression, values they do.
/// </remarks>
internal static class ParquetFile
{
    private const int RowGroupRows = 1 << 17;

    /// <summary>Writes all rows of the reader; returns how many.</summary>
    public static async Task<long> Write(string path, DbDataReader reader)
    {
        await using var stream = File.Create(path);
        var columns = Enumerable.Range(0, reader.FieldCount).Select(i => new Column(reader.GetName(i))).ToList();
        ParquetWriter? writer = null;
        long rows = 0;
        try
        {
            bool more;
            do
            {
                var count = 0;
                for (more = true; count < RowGroupRows && (more = reader.Read()); count++)
                {
                    for (var i = 0; i < columns.Count; i++)
                        columns[i].Add(reader.IsDBNull(i) ? null : SqlRunner.Normal(reader.GetValue(i)));
                }

                if (count == 0 && writer is not null)
                    break;
                writer ??= await ParquetWriter.CreateAsync(
                    new ParquetSchema(columns.Select(c => c.Field())),
                    stream,
                    new ParquetOptions { CompressionMethod = CompressionMethod.Snappy, DictionaryEncodingThreshold = 0.5 });
                using var group = writer.CreateRowGroup();
                foreach (var column in columns)
                    await column.Flush(group);
                rows += count;
            }
            while (more);
        }
        finally
        {
            if (writer is not null)
                await writer.DisposeAsync();
        }

        return rows;
    }

    private sealed class Column(string name)
    {
        private readonly List<object?> _values = [];
        private Type? _type = name switch
        {
            _ when name.EndsWith("_ms", StringComparison.Ordinal) => typeof(DateTime),
            _ when name.EndsWith("_cents", StringComparison.Ordinal) => typeof(decimal),
            _ when name.EndsWith("_date", StringComparison.Ordinal) || name == "date" => typeof(DateOnly),
            _ when name.EndsWith("_count", StringComparison.Ordinal) || name.EndsWith("_number", StringComparison.Ordinal)
                || name.StartsWith("is_", StringComparison.Ordinal) || name.StartsWith("has_", StringComparison.Ordinal) => typeof(long),
            _ when name.EndsWith("_rate", StringComparison.Ordinal) || name.EndsWith("_share", StringComparison.Ordinal) => typeof(double),
            _ => null,
        };

        private DataField? _field;

        public void Add(object? value)
        {
            _type ??= value?.GetType();
            _values.Add(value);
        }

        public DataField Field()
        {
            _type ??= typeof(string);
            return _field = _type == typeof(DateTime) ? new DateTimeDataField(Stem("_ms"), DateTimeFormat.DateAndTime, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Millis, isNullable: true)
                : _type == typeof(decimal) ? new DecimalDataField(Stem("_cents"), 18, 2, isNullable: true)
                : _type == typeof(DateOnly) ? new DataField(name, typeof(DateOnly), isNullable: true)
                : new DataField(name, _type, isNullable: true);
        }

        public async Task Flush(ParquetRowGroupWriter group)
        {
            var field = _field!;
            if (_type == typeof(DateTime))
                await group.WriteAsync<DateTime>(field, Values(v => DateTime.UnixEpoch.AddMilliseconds(Whole(v))));
            else if (_type == typeof(decimal))
                await group.WriteAsync<decimal>(field, Values(v => Whole(v) / 100m));
            else if (_type == typeof(DateOnly))
                await group.WriteAsync<DateOnly>(field, Dates());
            else if (_type == typeof(long))
                await group.WriteAsync<long>(field, Values(Whole));
            else if (_type == typeof(double))
                await group.WriteAsync<double>(field, Values(v => Convert.ToDouble(v, CultureInfo.InvariantCulture)));
            else
                await group.WriteAsync(field, _values.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture)).ToArray()!);
            _values.Clear();
        }

        // 'undated', the day of an event of which neither the time nor the file says one, is no date.
        private ReadOnlyMemory<DateOnly?> Dates() => _values
            .Select(value => DateOnly.TryParseExact(value as string, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : (DateOnly?)null)
            .ToArray();

        private static long Whole(object value) => value is long whole ? whole
            : throw new ClickpathException($"a whole number was expected, not '{value}'. Columns in _ms, _cents, _count, _number, is_ and has_ are integers; cast to BIGINT or rename the column.");

        private string Stem(string unit) => name[..^unit.Length];

        private ReadOnlyMemory<T?> Values<T>(Func<object, T> convert)
            where T : struct
        {
            var values = new T?[_values.Count];
            for (var i = 0; i < values.Length; i++)
                values[i] = _values[i] is { } value ? convert(value) : null;
            return values;
        }
    }
}
