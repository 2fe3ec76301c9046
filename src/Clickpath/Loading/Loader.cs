using System.Collections.Concurrent;
using System.Globalization;
using Clickpath.Engines;
using Dapper;

namespace Clickpath.Loading;

/// <summary>Loads the input files into the load tables: one thread parses, the caller's writes.</summary>
internal static class Loader
{
    private const int BatchCount = 4;

    /// <summary>
    /// Brings the load tables in line with the files, inside the transaction that the caller has begun: what is not loaded
    /// is parsed, what has changed is replaced, what is gone is removed. The tables are then as after a load of all.
    /// </summary>
    /// <param name="engine">Used on the calling thread alone.</param>
    /// <param name="files">All files.</param>
    /// <param name="timeZone">That days are in, and were when an earlier run loaded files.</param>
    /// <param name="log">Gets a line for each file.</param>
    /// <param name="cancellation">Ends the load with an OperationCanceledException.</param>
    /// <param name="aliases">Other names of columns (<see cref="ColumnName.Aliases"/>); null: none.</param>
    /// <exception cref="ClickpathException">A file cannot be read.</exception>
    public static LoadSummary Load(IEngine engine, IReadOnlyList<InputFile> files, TimeZoneInfo timeZone, Action<string>? log, CancellationToken cancellation, IReadOnlyDictionary<string, Column>? aliases = null)
    {
        var tables = new LoadTables(engine);
        var wanted = FileIds.Of(files);
        var known = tables.Files();
        var kept = wanted.AsParallel().Where(file => known.TryGetValue(file.Id, out var last) && InputContent.Is(file.File, last)).Select(file => file.Id).ToHashSet();
        foreach (var id in known.Keys.Where(id => !kept.Contains(id)).Order())
            tables.Remove(id);

        var writer = new BatchWriter(engine);
        var loaded = Parse([.. wanted.Where(file => !kept.Contains(file.Id))], writer, new LocalClock(timeZone), aliases, log, cancellation);
        tables.RemoveOrphans();
        engine.Connection.Execute("DELETE FROM calendar");
        writer.WriteCalendar(tables.CalendarDays());
        return new LoadSummary([.. wanted.Select(file => kept.Contains(file.Id) ? known[file.Id] : loaded[file.Id])]);
    }

    private static Dictionary<long, LoadedFile> Parse(IReadOnlyList<(long Id, InputFile File)> files, BatchWriter writer, LocalClock clock, IReadOnlyDictionary<string, Column>? aliases, Action<string>? log, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var full = new BlockingCollection<Batch>(BatchCount);
        using var empty = new BlockingCollection<Batch>(BatchCount);
        for (var i = 1; i < BatchCount; i++)
            empty.Add(new Batch(), CancellationToken.None);

        var parser = new FileParser(clock, batch =>
        {
            full.Add(batch, stop.Token);
            return empty.Take(stop.Token);
        }, aliases);
        var parsing = Task.Run(() => Parse(files, parser, full), CancellationToken.None);

        var loaded = new Dictionary<long, LoadedFile>(files.Count);
        try
        {
            foreach (var batch in full.GetConsumingEnumerable(cancellation))
            {
                writer.Write(batch);
                foreach (var (id, _, file, _, _) in batch.Files)
                {
                    loaded.Add(id, file);
                    log?.Invoke(string.Create(CultureInfo.InvariantCulture, $"loaded {file.Name}: {file.Records:N0} records, {file.Rejected:N0} rejected"));
                }

                batch.Clear();
                empty.Add(batch, cancellation);
            }
        }
        catch
        {
            // The parser waits for an empty batch that never comes.
            stop.Cancel();
            Task.WaitAny([parsing], CancellationToken.None);
            throw;
        }

        parsing.GetAwaiter().GetResult();
        return loaded;
    }

    private static void Parse(IReadOnlyList<(long Id, InputFile File)> files, FileParser parser, BlockingCollection<Batch> full)
    {
        try
        {
            foreach (var (id, file) in files)
                parser.Parse(file, id);
            parser.Finish();
        }
        finally
        {
            full.CompleteAdding();
        }
    }
}
