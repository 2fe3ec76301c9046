using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Clickpath.Engines;
using Clickpath.Loading;
using Clickpath.Reports.Parquet;

namespace Clickpath.Reports;

/// <summary>
/// Writes queries into Parquet files: the caller's thread reads, another one encodes and compresses, so that the next model
/// is made meanwhile.
/// </summary>
/// <remarks>
/// Types follow from the names' units, as everywhere in the house: <c>started_at_ms</c> becomes the UTC timestamp
/// <c>started_at</c>, <c>revenue_cents</c> stays and has the decimal <c>revenue</c> beside it, <c>event_date</c> is a date, NULL
/// where it is not known. Any other column is what its first value is; where it has none, what its name says it would be, so that
/// a file without orders has the types of one with them, else text. The engines do not agree on the type of an
/// expression, values they do.
/// </remarks>
internal sealed class ParquetFile : IDisposable
{
    private const int RowGroupRows = 1 << 14;
    private const int PartitionRows = 1 << 13;

    private readonly SemaphoreSlim _room = new(2);
    private readonly RecentTexts _recent = new();
    private Task _writing = Task.CompletedTask;

    /// <summary>Reads all rows; they are in the file once <see cref="Complete"/> has returned.</summary>
    /// <param name="path">The file; or, with a partition column, a folder for <c>column=value/</c> folders, each with a file.</param>
    /// <param name="rows">The rows, read to their end.</param>
    /// <param name="omitted">Columns to leave out.</param>
    /// <param name="partition">The column that tells the files apart, or null.</param>
    /// <returns>The columns, whose types may hang on the rows; null where no file was written.</returns>
    public IReadOnlyList<(string Name, ColumnType Type)>? Write(string path, IRowReader rows, IReadOnlyList<string> omitted, string? partition = null)
    {
        var columns = rows.Columns.Index().Where(c => !omitted.Contains(c.Item) && c.Item != partition).SelectMany(c => Column.Of(c.Index, c.Item)).ToList();
        var files = new SortedDictionary<string, Output>(StringComparer.Ordinal);
        var by = partition is null ? -1 : rows.Columns.Index().First(c => c.Item == partition).Index;
        Output? output = partition is null ? files[""] = new Output(path, Chunks(columns)) : null;
        while (rows.Read())
        {
            if (by >= 0)
                output = Partition(files, path, partition!, rows.Kind(by) == ValueKind.Text ? rows.Utf8(by) : default, columns);
            for (var i = 0; i < columns.Count; i++)
                columns[i].Add(rows, output!.Chunks[i]);
            // A record is a megabyte at the most.
            if (++output!.Rows == (partition is null ? RowGroupRows : PartitionRows) || (output.Rows % 64 == 0 && output.Chunks.Exists(chunk => chunk.IsLarge)))
                Flush(output, columns);
        }

        foreach (var last in files.Values)
        {
            if (last.Rows > 0 || last.Writer is null)
                Flush(last, columns);
            Enqueue(last.Complete);
        }

        return files.Count == 0 ? null : [.. columns.Select(c => (c.ExportName, c.Type))];
    }

    /// <summary>The path of a part, where there is one for each of a column's values.</summary>
    public static string Part(string name, string column, string value) => $"{name}/{column}={value}/{name}.parquet";

    /// <summary>Waits until everything is written; throws what went wrong.</summary>
    public void Complete() => _writing.GetAwaiter().GetResult();

    public void Dispose()
    {
        Task.WaitAny([_writing], CancellationToken.None);
        _room.Dispose();
    }

    // A day is digits and hyphens, and nothing else becomes part of a path; the rest goes by Hive's name for no value.
    private Output Partition(SortedDictionary<string, Output> files, string path, string column, ReadOnlySpan<byte> utf8, List<Column> columns)
    {
        var value = Day.TryParse(utf8, out var day) ? Day.Iso(day) : "__HIVE_DEFAULT_PARTITION__";
        if (files.TryGetValue(value, out var known))
            return known;
        var part = Path.Combine(Path.GetDirectoryName(path)!, Part(Path.GetFileName(path), column, value));
        Directory.CreateDirectory(Path.GetDirectoryName(part)!);
        return files[value] = new Output(part, Chunks(columns));
    }

    private void Flush(Output output, List<Column> columns)
    {
        var (chunks, schema) = (output.Chunks, columns.Select(c => (c.ExportName, c.Type)).ToList());
        output.Chunks = Chunks(columns);
        output.Rows = 0;
        output.Writer ??= new ParquetWriter(output.Path, schema, _recent);
        var writer = output.Writer;
        Enqueue(() =>
        {
            if (chunks[0].Count > 0)
                writer.Write(chunks);
            foreach (var (column, chunk) in columns.Zip(chunks))
                column.Free.Push(chunk);
        });
    }

    // One job after another, and the reader waits while two are not done: memory stays bounded.
    private void Enqueue(Action job)
    {
        _room.Wait();
        _writing = _writing.ContinueWith(
            before =>
            {
                try
                {
                    before.GetAwaiter().GetResult();
                    job();
                }
                finally
                {
                    _room.Release();
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
    }

    private static List<ColumnChunk> Chunks(List<Column> columns)
    {
        return [.. columns.Select(column => column.Free.TryPop(out var chunk) ? Cleared(chunk) : new ColumnChunk())];

        static ColumnChunk Cleared(ColumnChunk chunk)
        {
            chunk.Clear();
            return chunk;
        }
    }

    private sealed class Output(string path, List<ColumnChunk> chunks)
    {
        public string Path { get; } = path;

        public List<ColumnChunk> Chunks { get; set; } = chunks;

        public int Rows { get; set; }

        public ParquetWriter? Writer { get; set; }

        public void Complete()
        {
            using (Writer)
                Writer!.Complete();
        }
    }

    private sealed class Column(int index, string name, string exportName, ColumnType? type, ColumnType typeOfNone = ColumnType.Text)
    {
        private ColumnType? _type = type;

        public string ExportName { get; } = exportName;

        /// <summary>Those that were written: of this column alone, as they are as large as its texts.</summary>
        public ConcurrentStack<ColumnChunk> Free { get; } = new();

        public ColumnType Type => _type ??= typeOfNone;

        public static IEnumerable<Column> Of(int index, string name)
        {
            bool Ends(params string[] ends) => Array.Exists(ends, end => name.EndsWith(end, StringComparison.Ordinal));
            bool Starts(params string[] starts) => Array.Exists(starts, start => name.StartsWith(start, StringComparison.Ordinal));

            if (Ends("_ms"))
                return [new(index, name, name[..^"_ms".Length], ColumnType.Timestamp)];
            if (Ends("_cents"))
                return [new(index, name, name, ColumnType.Whole), new(index, name, name[..^"_cents".Length], ColumnType.Money)];
            ColumnType? type = Ends("_date") || name == "date" ? ColumnType.Date
                : Ends("_count", "_number", "_milliseconds", "_millionths") || Starts("is_", "has_") ? ColumnType.Whole
                : Ends("_rate", "_share") || name == "credit" ? ColumnType.Fraction
                : null;
            var typeOfNone = Ends("_step", "_known") || Starts("days_") || name is "event_id" or "hour_of_day" or "quantity" ? ColumnType.Whole
                : Ends("_effect", "_spend") || Starts("average_", "cost_per_") ? ColumnType.Fraction
                : ColumnType.Text;
            return [new(index, name, name, type, typeOfNone)];
        }

        public void Add(IRowReader rows, ColumnChunk chunk)
        {
            var kind = rows.Kind(index);
            if (kind == ValueKind.Null)
            {
                chunk.AddNull();
                return;
            }

            _type ??= kind switch { ValueKind.Whole => ColumnType.Whole, ValueKind.Fraction => ColumnType.Fraction, _ => ColumnType.Text };
            switch (_type)
            {
                case ColumnType.Text when kind == ValueKind.Text:
                    chunk.Add(rows.Utf8(index));
                    break;
                case ColumnType.Text:
                    chunk.Add(Encoding.UTF8.GetBytes(kind == ValueKind.Whole ? rows.Whole(index).ToString(CultureInfo.InvariantCulture) : rows.Fraction(index).ToString("R", CultureInfo.InvariantCulture)));
                    break;
                case ColumnType.Fraction when kind != ValueKind.Text:
                    chunk.Add(BitConverter.DoubleToInt64Bits(kind == ValueKind.Whole ? rows.Whole(index) : rows.Fraction(index)));
                    break;
                case ColumnType.Date when kind == ValueKind.Text:
                    if (Day.TryParse(rows.Utf8(index), out var day))
                        chunk.Add(day);
                    else
                        chunk.AddNull();
                    break;
                case not ColumnType.Date when kind == ValueKind.Whole:
                    chunk.Add(rows.Whole(index));
                    break;
                default:
                    throw new ClickpathException($"column {name}: a {Wanted(_type.Value)} was expected, not a {kind.ToString().ToLowerInvariant()} value. Columns in _ms, _cents, _count, _number, is_ and has_ are integers, those in _date text; cast the column or rename it.");
            }
        }

        private static string Wanted(ColumnType type) => type switch
        {
            ColumnType.Fraction => "number",
            ColumnType.Date => "day as text",
            _ => "whole number",
        };
    }
}
