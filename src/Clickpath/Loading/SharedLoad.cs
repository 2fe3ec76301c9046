using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Clickpath.Engines;

namespace Clickpath.Loading;

/// <summary>Loads the files of a queue over several connections at once, each file in a transaction of its own.</summary>
internal static class SharedLoad
{
    // More would be more than a server with its default settings lets in, beside others.
    private const int MostConnections = 8;

    private const int WaitMs = 100;
    private const int WaitsPerLine = 20;

    /// <summary>Loads until every file is in the tables, whoever has loaded it.</summary>
    /// <param name="engine">With the run's tables.</param>
    /// <param name="agreement">See <see cref="LoadQueue"/>.</param>
    /// <param name="files">What to load.</param>
    /// <param name="log">Gets lines, one at a time.</param>
    /// <param name="load">Loads one file over a connection, and logs it.</param>
    /// <param name="cancellation">Ends it with an OperationCanceledException.</param>
    public static void All(IEngine engine, string agreement, IReadOnlyList<(long Id, InputFile File)> files, Action<string>? log, Action<IEngine, long, InputFile, Action<string>> load, CancellationToken cancellation)
    {
        if (files.Count == 0)
            return;
        var queue = new LoadQueue(engine, agreement);
        queue.Open(files);
        var byId = files.ToDictionary(file => file.Id, file => file.File);
        for (var waits = 0; queue.Files() is { Count: > 0 } left;)
        {
            cancellation.ThrowIfCancellationRequested();
            // What others have is waited for; should they die, it is to be had again.
            if (Some(engine, queue, [.. left.Select(file => (file.Id, byId[file.Id]))], log, load, cancellation) > 0)
                continue;
            if (++waits % WaitsPerLine == 0)
                log?.Invoke($"waiting for {left.Count} {(left.Count == 1 ? "file" : "files")} that another process loads");
            cancellation.WaitHandle.WaitOne(WaitMs);
        }

        queue.Close();
    }

    /// <summary>Loads those files that nobody else has.</summary>
    /// <returns>How many it loaded.</returns>
    public static int Some(IEngine engine, LoadQueue queue, IReadOnlyList<(long Id, InputFile File)> files, Action<string>? log, Action<IEngine, long, InputFile, Action<string>> load, CancellationToken cancellation)
    {
        var open = new ConcurrentQueue<(long Id, InputFile File)>(files);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var loaded = 0;
        ExceptionDispatchInfo? failure = null;
        var loaders = new List<IFileLoader>();
        try
        {
            // All before the first begins, so that who can't connect has written nothing.
            while (loaders.Count < Math.Min(Math.Min(Environment.ProcessorCount, MostConnections), files.Count))
                loaders.Add(engine.FileLoader());
            Task.WaitAll([.. loaders.Select(loader => Task.Run(() => Work(loader), CancellationToken.None))], CancellationToken.None);
        }
        finally
        {
            loaders.ForEach(loader => loader.Dispose());
        }

        failure?.Throw();
        return loaded;

        void Say(string line)
        {
            lock (open)
                log?.Invoke(line);
        }

        void Work(IFileLoader loader)
        {
            try
            {
                while (!stop.IsCancellationRequested && open.TryDequeue(out var file))
                {
                    if (!queue.TryClaim(loader, file.Id, file.File.Name))
                        continue;
                    load(loader.Engine, file.Id, file.File, Say);
                    loader.Commit();
                    Interlocked.Increment(ref loaded);
                }
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
                stop.Cancel();
            }
        }
    }
}
