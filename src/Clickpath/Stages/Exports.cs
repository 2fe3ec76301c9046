using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Clickpath.Engines;
using Clickpath.Reports;
using Clickpath.Reports.Parquet;
using Clickpath.Runs;
using Clickpath.Sql;

namespace Clickpath.Stages;

/// <summary>The files of models that are exported: written on another thread, over a connection of its own, each as soon as its model can be read.</summary>
internal sealed class Exports
{
    private readonly Run _run;
    private readonly Channel<Action<IEngine, ParquetFile>> _waiting = Channel.CreateUnbounded<Action<IEngine, ParquetFile>>();
    private readonly Task _writing;
    private ExceptionDispatchInfo? _failure;
    private bool _isWanted, _isComplete;
    private volatile bool _isAbandoned;

    /// <summary>Begins, with what is there already. What goes wrong before they are wanted is told then.</summary>
    public Exports(Run run)
    {
        _run = run;
        _writing = run.Meanwhile(Write);
        run.Sql.Catalog.Models.Where(run.Sql.Has).ToList().ForEach(Add);
    }

    /// <summary>The stage whose files they are has begun: throws what went wrong until now, and from now on what goes wrong.</summary>
    public void Want()
    {
        if (_run.Sql.Catalog.Models.Where(model => model["export"] is not null).GroupBy(FileOf).FirstOrDefault(models => models.Count() > 1)?.ToList() is [var first, var second, ..])
            throw Twice(first, second);
        _isWanted = true;
        _failure?.Throw();
    }

    /// <summary>Has a model's file written, where it asks for one.</summary>
    public void Add(SqlFile model)
    {
        if (model["export"] is null)
            return;
        try
        {
            AddFile(model);
        }
        catch (Exception e) when (!_isWanted)
        {
            _failure ??= ExceptionDispatchInfo.Capture(e);
        }
    }

    private void AddFile(SqlFile model)
    {
        var (format, name, isSorted) = Format(model);
        if (Partition() is { } partition)
            AddParts(_run.Output(Stage.Transform, name, model), partition, _run.Sql.Touched(model, partition));
        else
            _run.Output(Stage.Transform, $"{name}.{format}", model, _run.MadeOf(model), path => _waiting.Writer.TryWrite((engine, parquet) => Write(engine, parquet, path, "", null)));

        // 'event_date 500000': a file for each day, from so many rows on.
        string? Partition() => Exports.Partition(model) is var (column, least) && _run.Sql.Count(model) >= least ? column : null;

        // A part that nothing has touched is the last run's; unless a part is gone, or the columns are of other types now, as they may be by what was in it.
        void AddParts(string path, string partition, IReadOnlyList<string?>? touched) => _waiting.Writer.TryWrite((engine, parquet) =>
        {
            var parts = Parts(engine, model, partition).ToList();
            var kept = touched is null || touched.Except(parts).Any() ? [] : parts.Where(part => !touched.Contains(part) && _run.KeepPart(Stage.Transform, ParquetFile.Part(name, partition, part), model)).ToList();
            var columns = Write(engine, parquet, path, kept.Count == 0 ? "" : $" WHERE {partition} IS NULL OR {partition} NOT IN ({string.Join(", ", kept.Select(part => $"'{part}'"))})", partition);
            if (kept.Count > 0 && columns is not null && !ParquetWriter.HasColumns(_run.Output(Stage.Transform, ParquetFile.Part(name, partition, kept[0]), model), columns))
            {
                parquet.Complete();
                Directory.Delete(path, recursive: true);
                Write(engine, parquet, path, "", partition);
            }

            parts.ForEach(part => _run.HasPart(Stage.Transform, ParquetFile.Part(name, partition, part), model));
        });

        IReadOnlyList<(string Name, ColumnType Type)>? Write(IEngine engine, ParquetFile parquet, string path, string where, string? partition)
        {
            var order = string.Join(", ", model.List("cluster") is { Count: > 0 } cluster ? cluster : model.List("key"));
            using var rows = engine.Read($"SELECT * FROM {model.Name}{where}{(isSorted || !engine.IsClustered ? $" ORDER BY {order}" : "")}");
            if (format == "parquet")
                return parquet.Write(path, rows, model.List("omit"), partition);
            CsvFile.Write(path, Rows(model, rows), ColumnFormats.Parse(""));
            return null;
        }
    }

    /// <summary>All are there.</summary>
    public void Complete()
    {
        _isComplete = true;
        _waiting.Writer.Complete();
    }

    /// <summary>Where they are not all there, as their stage did not run, writes no more, and takes away what was written.</summary>
    public void End()
    {
        if (_isComplete)
            return;
        _isAbandoned = true;
        Complete();
        _writing.Wait();
        if (Directory.Exists(Path.Combine(_run.Folder.Scratch, Run.Name(Stage.Transform))))
            Directory.Delete(Path.Combine(_run.Folder.Scratch, Run.Name(Stage.Transform)), recursive: true);
    }

    private void Write(CancellationToken giveUp)
    {
        using var reading = _run.Sql.Engine.Beside();
        using var parquet = new ParquetFile();
        ExceptionDispatchInfo? failure = null;
        foreach (var export in _waiting.Reader.ReadAllAsync(giveUp).ToBlockingEnumerable(giveUp).Where(_ => failure is null && !_isAbandoned))
        {
            try
            {
                export(reading, parquet);
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        }

        // Of what was abandoned nobody wants to know.
        if (_isAbandoned)
            return;
        failure?.Throw();
        parquet.Complete();
    }

    // The days for which there is a part; others than days go by one name.
    private static IEnumerable<string> Parts(IEngine engine, SqlFile model, string partition)
    {
        using var rows = engine.Read($"SELECT DISTINCT {partition} FROM {model.Name}");
        while (rows.Read())
        {
            if (rows.Kind(0) == ValueKind.Text && Loading.Day.TryParse(rows.Utf8(0), out var day))
                yield return Loading.Day.Iso(day);
        }
    }

    // 'parquet' or 'csv'; a file name, if it is not the table's; and 'unsorted' where an engine that keeps tables in order need not sort.
    private static (string Format, string Name, bool IsSorted) Format(SqlFile model)
    {
        var words = model["export"]!.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        var isSorted = !words.Remove("unsorted");
        return words switch
        {
            ["parquet" or "csv"] => (words[0], model.Name, isSorted),
            ["parquet" or "csv", var name] when name == Path.GetFileName(name) => (words[0], name, isSorted),
            _ => throw model.Error("export is 'parquet' or 'csv', then a file name if it is not the table's, then 'unsorted' if any order will do.", "export"),
        };
    }

    /// <summary>The file that a model's <c>export</c> asks for.</summary>
    internal static string FileOf(SqlFile model) => $"{Format(model).Name}.{Format(model).Format}";

    /// <summary>The error that a second model writes the file of a first.</summary>
    internal static ClickpathException Twice(SqlFile first, SqlFile second) =>
        second.Error($"{first.Path} writes transform/{FileOf(first)} already. Give one of them a file name of its own: '-- export: parquet NAME'.", "export");

    internal static (string Column, long Least)? Partition(SqlFile model)
    {
        if (model["partition"] is not { } partition)
            return null;
        if (partition.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var column, var least] || !long.TryParse(least, NumberStyles.None, CultureInfo.InvariantCulture, out var rows))
            throw model.Error("partition is a column and the number of rows from which on there is a file for each of its values: 'event_date 500000'.", "partition");
        return (column, rows);
    }

    private static Table Rows(SqlFile model, IRowReader rows)
    {
        var table = new List<object?[]>();
        while (rows.Read())
        {
            table.Add([.. rows.Columns.Select((_, i) => rows.Kind(i) switch
            {
                ValueKind.Null => null,
                ValueKind.Whole => (object)rows.Whole(i),
                ValueKind.Fraction => rows.Fraction(i),
                _ => System.Text.Encoding.UTF8.GetString(rows.Utf8(i)),
            })]);
        }

        return new Table(model.Name, rows.Columns, table);
    }
}
