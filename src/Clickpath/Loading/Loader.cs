using System.Collections.Concurrent;
using System.Globalization;
using Clickpath.Engines;

namespace Clickpath.Loading;

/// <summary>Loads the input files into the load tables: one thread parses, the caller's writes.</summary>
internal static class Loader
{
    // Room between files, so that one that comes late can be put where its name belongs.
    private const long FileIdStep = 1024;
    private const int BatchCount = 4;

    /// <summary>Fills the load tables, which are there and empty, inside the transaction that the caller has begun.</summary>
    /// <param name="engine">Used on the calling thread alone.</param>
    /// <param name="files">In the order of their names.</param>
    /// <param name="timeZone">That days are in.</param>
    /// <param name="log">Gets a line for each file.</param>
    /// <param name="cancellation">Ends the load with an OperationCanceledException.</param>
    /// <exception cref="ClickpathException">A file cannot be read.</exception>
    public static LoadSummary Load(IEngine engine, IReadOnlyList<InputFile> files, TimeZoneInfo timeZone, Action<string>? log, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var full = new BlockingCollection<Batch>(BatchCount);
        using var empty = new BlockingCollection<Batch>(BatchCount);
        for (var i = 1; i < BatchCount; i++)
            empty.Add(new Batch(), CancellationToken.None);

        var calendar = new Calendar();
        var parser = new FileParser(new LocalClock(timeZone), calendar, batch =>
        {
            full.Add(batch, stop.Token);
            return empty.Take(stop.Token);
        });
        var parsing = Task.Run(() => Parse(files, parser, full), CancellationToken.None);

        var writer = new BatchWriter(engine);
        var loaded = new List<LoadedFile>(files.Count);
        try
        {
            foreach (var batch in full.GetConsumingEnumerable(cancellation))
            {
                writer.Write(batch);
                foreach (var (_, _, file, _, _) in batch.Files)
                {
                    loaded.Add(file);
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
        writer.WriteCalendar(calendar.Days());
        return new LoadSummary(loaded);
    }

    private static void Parse(IReadOnlyList<InputFile> files, FileParser parser, BlockingCollection<Batch> full)
    {
        try
        {
            for (var i = 0; i < files.Count; i++)
                parser.Parse(files[i], FileIdStep * (i + 1));
            parser.Finish();
        }
        finally
        {
            full.CompleteAdding();
        }
    }
}
