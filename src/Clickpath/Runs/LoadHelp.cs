using System.Data.Common;
using System.Diagnostics;
using Clickpath.Engines;
using Clickpath.Loading;
using Clickpath.Sql;

namespace Clickpath.Runs;

/// <summary>Loads files for a run that another process, perhaps on another machine, has under way in the same schema.</summary>
internal static class LoadHelp
{
    private const int WaitMs = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What all processes that load into one schema have to be alike in.</summary>
    /// <param name="loader">What the load tables hang on, beside the files.</param>
    public static string Agreement(string loader) => Versions.Checksum([loader, Product.Checksum]);

    /// <summary>Waits for a run that loads; then loads those of its files that it finds in <c>--events</c> and nobody else has.</summary>
    /// <param name="options">As the run's, but for the artifacts.</param>
    /// <param name="patience">How long to wait for it; null: a minute.</param>
    /// <exception cref="ClickpathException">There is no such run, or it does not load as this process would.</exception>
    public static void Run(PipelineOptions options, TimeSpan? patience = null)
    {
        using var warehouse = IWarehouse.Of(options);
        if (options.Engine != "postgres")
            throw new ClickpathException($"--target=Load helps a run to load into a server's schema, and --engine={options.Engine} has none. Give --engine=postgres, as the run has.");
        var catalog = SqlCatalog.Read(options.Sql, options.Engine, options.Parameters);
        var timeZone = Runs.Run.FindTimeZone(options.TimeZone);
        var files = InputFiles.Find(options.Events).ToDictionary(file => file.Name, StringComparer.Ordinal);
        var agreement = Agreement(Runs.Run.Loader(options, catalog, timeZone));
        var loaded = 0;
        try
        {
            using var engine = Loading(warehouse, options, patience ?? Patience, out var theirs);
            if (theirs != agreement)
                throw new ClickpathException($"the run that loads into {warehouse.Place} does not load as this process would. Give both the same --timezone, --sql and version of Clickpath.");
            var aliases = Runs.Run.Aliases(new SqlRunner(engine, catalog));
            var queue = new LoadQueue(engine, agreement);
            SharedLoad.Some(engine, queue, [.. queue.Files().Where(file => files.ContainsKey(file.Name)).Select(file => (file.Id, files[file.Name]))], options.Log, Load, CancellationToken.None);

            void Load(IEngine connection, long id, InputFile file, Action<string> say)
            {
                Loader.Load(connection, [(id, file)], timeZone, aliases, say, CancellationToken.None);
                Interlocked.Increment(ref loaded);
            }
        }
        catch (DbException e) when (e.SqlState == LoadQueue.UndefinedTable)
        {
            // The run has ended meanwhile; its tables are gone, or have another name.
        }
        catch (DbException e)
        {
            throw new ClickpathException($"PostgreSQL failed ({PostgresEngine.Trouble(e) ?? e.Message.ReplaceLineEndings(" ").TrimEnd('.')}). What was not loaded here is loaded by the run itself.", e);
        }

        options.Print?.Invoke($"loaded {loaded} {(loaded == 1 ? "file" : "files")} for the run in {warehouse.Place}\n");
    }

    private static IEngine Loading(IWarehouse warehouse, PipelineOptions options, TimeSpan patience, out string agreement)
    {
        for (var watch = Stopwatch.StartNew(); ; Thread.Sleep(WaitMs))
        {
            var engine = warehouse.OpenUnderWay();
            if (engine is not null && LoadQueue.Agreement(engine) is { } found)
            {
                agreement = found;
                return engine;
            }

            engine?.Dispose();
            if (watch.Elapsed >= patience)
                throw new ClickpathException($"no run is loading into {warehouse.Place}. Start the run (--target=Monitor, with the same --schema), and this beside it.");
            if (watch.ElapsedMilliseconds < 2 * WaitMs)
                options.Log?.Invoke($"waiting for a run that loads into {warehouse.Place}");
        }
    }
}
