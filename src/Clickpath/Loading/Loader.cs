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
    /// Brings the load tables in line with the files: what is not loaded is parsed, what has changed is replaced, what is gone is
    /// removed. The tables are then as after a load of all. In one transaction; or, on an engine that writes over several connections, in
    /// one for each file, and other processes may load some of them.
    /// </summary>
    /// <param name="engine">Used on the calling thread alone.</param>
    /// <param name="files">All files.</param>
    /// <param name="timeZone">That days are in, and were when an earlier run loaded files.</param>
    /// <param name="log">Gets a line for each file.</param>
    /// <param name="cancellation">Ends the load with an OperationCanceledException.</param>
    /// <param name="aliases">Other names of columns (<see cref="ColumnName.Aliases"/>); null: none.</param>
    /// <param name="agreement">What other processes that load some of the files have to be alike in.</param>
    /// <exception cref="ClickpathException">A file cannot be read.</exception>
    public static LoadSummary Load(IEngine engine, IReadOnlyList<InputFile> files, TimeZoneInfo timeZone, Action<string>? log, CancellationToken cancellation, IReadOnlyDictionary<string, Column>? aliases = null, string agreement = "")
    {
        var tables = new LoadTables(engine);
        var wanted = FileIds.Of(files);
        var known = tables.Files();
        var kept = Kept(wanted, known);
        IReadOnlyList<(long Id, InputFile File)> missing = [.. wanted.Where(file => !kept.Contains(file.Id))];
        using (var transaction = engine.BeginTransaction())
        {
            foreach (var id in known.Keys.Where(id => !kept.Contains(id)).Order())
                tables.Remove(id);
            if (!engine.HasFileLoaders)
            {
                Load(engine, missing, timeZone, aliases, log, cancellation);
                Finish();
            }

            transaction.Commit();
        }

        if (engine.HasFileLoaders)
        {
            SharedLoad.All(engine, agreement, missing, log, (connection, id, file, say) => Load(connection, [(id, file)], timeZone, aliases, say, cancellation), cancellation);
            using var transaction = engine.BeginTransaction();
            Finish();
            transaction.Commit();
        }

        var loaded = tables.Files();
        return new LoadSummary([.. wanted.Select(file => loaded[file.Id] with { IsReused = kept.Contains(file.Id) })]);

        void Finish()
        {
            tables.RemoveOrphans();
            engine.Connection.Execute("DELETE FROM calendar");
            new BatchWriter(engine).WriteCalendar(tables.CalendarDays());
        }
    }

    // Of several files that can't be read, the first is told.
    private static HashSet<long> Kept(IReadOnlyList<(long Id, InputFile File)> wanted, IReadOnlyDictionary<long, LoadedFile> known)
    {
        var looks = wanted.AsParallel().AsOrdered().Select(file => (file.Id, Look: Look(file.Id, file.File))).ToList();
        return looks.Find(file => file.Look.Error is not null).Look.Error is { } error ? throw error : looks.Where(file => file.Look.IsKept).Select(file => file.Id).ToHashSet();

        (bool IsKept, ClickpathException? Error) Look(long id, InputFile file)
        {
            try
            {
                return (known.TryGetValue(id, out var last) && InputContent.Is(file, last), null);
            }
            catch (ClickpathException e)
            {
                return (false, e);
            }
        }
    }

    /// <summary>Loads files over one connection, in the transaction that it is in.</summary>
    public static void Load(IEngine engine, IReadOnlyList<(long Id, InputFile File)> files, TimeZoneInfo timeZone, IReadOnlyDictionary<string, Column>? aliases, Action<string>? log, CancellationToken cancellation)
    {
        Parse(files, new BatchWriter(engine), new LocalClock(timeZone), aliases, log, cancellation);
        engine.PutInPlace();
    }

    private static void Parse(IReadOnlyList<(long Id, InputFile File)> files, BatchWriter writer, LocalClock clock, IReadOnlyDictionary<string, Column>? aliases, Action<string>? log, CancellationToken cancellation)
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

        try
        {
            foreach (var batch in full.GetConsumingEnumerable(cancellation))
            {
                writer.Write(batch);
                foreach (var (_, _, file, _, _) in batch.Files)
                    log?.Invoke(string.Create(CultureInfo.InvariantCulture, $"loaded {file.Name}: {file.Records:N0} records, {file.Rejected:N0} rejected"));

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
