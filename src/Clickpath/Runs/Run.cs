using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Clickpath.Engines;
using Clickpath.Loading;
using Clickpath.Monitoring;
using Clickpath.Sql;
using Clickpath.Stages;

namespace Clickpath.Runs;

/// <summary>One run under way: its folder, its database, its SQL files, and the record of what ran.</summary>
internal sealed class Run : IDisposable
{
    /// <summary>The database's name in the artifacts.</summary>
    public const string DatabaseName = "clickpath.db";

    /// <summary>DuckDB's.</summary>
    public const string DuckDbName = "clickpath.duckdb";

    private readonly List<Action> _atTheEnd = [];
    private readonly List<Task> _meanwhile = [];
    private readonly CancellationTokenSource _giveUp = new();
    private readonly IWarehouse _warehouse;
    private readonly SqlCatalog _catalog;
    private readonly LastRun? _last;
    private Events? _events;
    private bool _isOpen;
    private bool _isFromStart;
    private ResultStore _results = null!;

    private Run(PipelineOptions options)
    {
        Options = options;
        _catalog = SqlCatalog.Read(options.Sql, options.Engine, options.Parameters);
        Folder = new RunFolder(options.Artifacts);
        try
        {
            _warehouse = IWarehouse.Of(options, Folder.Scratch);
        }
        catch
        {
            Folder.Dispose();
            throw;
        }

        _last = options.Force ? null : LastRun.Read(Folder.Published);
    }

    public PipelineOptions Options { get; }

    public RunFolder Folder { get; }

    public SqlRunner Sql { get; private set; } = null!;

    public Manifest Manifest { get; private set; } = null!;

    /// <summary>Takes models whose files are to be written, once they can be read; null: none are.</summary>
    public Exports? Exports { get; set; }

    /// <summary>A run from the files on. Everything that can be wrong with what was asked is found before anything is made.</summary>
    /// <param name="options">What was asked.</param>
    /// <param name="unchanged">The last run, where this one would end as it did: it need not be made.</param>
    public static Run FromFiles(PipelineOptions options, out LastRun? unchanged)
    {
        if (options.Only is not null)
            throw new ClickpathException("--only runs one report over the last run's database. Give --target=Analyze --exclusive with it.");
        var files = InputFiles.Find(options.Events);
        var events = new Events(files, FindTimeZone(options.TimeZone), SpendFile.Beside(files));
        var run = new Run(options) { _events = events };
        try
        {
            unchanged = run._last is { ExitCode: 0 or 3 } last && last.WasAsked(run.Asked()) && last.Obstacle(run.Loader(), run._warehouse, events.Files) is null
                && last.Had(events.Files) && last.IsWhole() ? last : null;
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>A run of later stages over the last run's database.</summary>
    public static Run FromLastRun(PipelineOptions options, Stage first)
    {
        var run = new Run(options);
        try
        {
            if (!run._warehouse.Exists)
                throw new ClickpathException($"no database of an earlier run at '{run._warehouse.Place}'. Run without --exclusive first.");
            run.OpenDatabase(obstacle: null);
            run.Continue(first);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>Brings the load tables in line with the files: over the last run's database where it serves, else from the start. Once.</summary>
    public void Load()
    {
        if (_isOpen)
            return;
        var watch = Stopwatch.StartNew();
        var (files, timeZone, spend) = _events!;
        var loader = Loader();
        var obstacle = Options.Force ? "--force was given" : _last is null ? "there is no earlier run by this build" : _last.Obstacle(loader, _warehouse, files);
        _isFromStart = obstacle is not null;
        OpenDatabase(obstacle);
        (Manifest.Loader, Manifest.Asked) = (loader, Asked());
        var aliases = Aliases(Sql);
        LoadSummary summary = null!;
        Sql.Engine.Fill(() => summary = Loading.Loader.Load(Sql.Engine, files, timeZone, Options.Log, CancellationToken.None, aliases, LoadHelp.Agreement(loader)));
        Manifest.Load = summary;
        using (var transaction = Sql.Engine.BeginTransaction())
        {
            Execute("DELETE FROM check_results");
            spend.Load(Sql.Engine);
            if (spend.IsAbsent)
                Log("no spend.csv beside the events: cost per order and return on ad spend are skipped");
            transaction.Commit();
        }

        if (obstacle is not null)
            MetricHistory.Carry(_warehouse, Sql.Engine, Options.TimeZone);
        var load = Versions.Checksum([loader, spend.Version, .. Manifest.Load.Files.SelectMany(file => new[] { file.Name, file.Sha256 })]);
        foreach (var name in _results.Loaded(load))
            Sql.Drop(name);
        SetCheckResults();
        if (!_warehouse.CopiesStatistics || !Manifest.Load.Files.All(file => file.IsReused))
            Sql.Engine.Analyze();
        Manifest.Stages.Add(new("load", watch.Elapsed.TotalMilliseconds));
    }

    /// <summary>Runs one stage, timed.</summary>
    public void Time(Stage stage, Action body)
    {
        var watch = Stopwatch.StartNew();
        if (Options.Only is null && (stage > Stage.Transform || Exports is null) && Directory.Exists(Path.Combine(Folder.Scratch, Name(stage))))
            Directory.Delete(Path.Combine(Folder.Scratch, Name(stage)), recursive: true); // what an earlier run made
        body();
        Manifest.Stages.Add(new(Name(stage), watch.Elapsed.TotalMilliseconds));
    }

    /// <summary>The path of an output of a stage, and where it comes from.</summary>
    public string Output(Stage stage, string file, SqlFile? source = null)
    {
        var relative = $"{Name(stage)}/{file}";
        Manifest.Sources[relative] = source?.Path;
        return Folder.PathOf(relative);
    }

    /// <summary>Writes an output of a stage, or takes the last run's where all that goes into it is the same.</summary>
    /// <param name="stage">Its stage.</param>
    /// <param name="file">Its name.</param>
    /// <param name="source">The SQL file that it comes from; null: several.</param>
    /// <param name="madeOf">What goes into it: a checksum that is another wherever the output would be.</param>
    /// <param name="write">Writes it to a path.</param>
    public void Output(Stage stage, string file, SqlFile? source, string madeOf, Action<string> write)
    {
        if (!Reuse(stage, file, source, madeOf))
            write(Output(stage, file, source));
    }

    /// <summary>Takes an output from the last run, where all that goes into it is the same; says whether it is there now.</summary>
    /// <inheritdoc cref="Output(Stage, string, SqlFile?, string, Action{string})"/>
    public bool Reuse(Stage stage, string file, SqlFile? source, string madeOf)
    {
        var path = Output(stage, file, source);
        var relative = $"{Name(stage)}/{file}";
        Manifest.MadeOf[relative] = madeOf;
        return _last?.TryCopy(relative, madeOf, path) == true;
    }

    /// <summary>Takes a part of a model's output from the last run, of which it is known that its rows are still the same; says whether it is there now.</summary>
    public bool KeepPart(Stage stage, string file, SqlFile model)
    {
        var path = Output(stage, file, model);
        return _results.EarlierVersion(model) is { } version && _last?.TryCopy($"{Name(stage)}/{file}", Versions.Checksum(model.Path, model.Checksum, version), path) == true;
    }

    /// <summary>Says of what a part of a model's output is made.</summary>
    public void HasPart(Stage stage, string file, SqlFile model)
    {
        Output(stage, file, model);
        Manifest.MadeOf[$"{Name(stage)}/{file}"] = MadeOf(model);
    }

    /// <summary>What an output hangs on that is made of these files' results, in this order, and of their headers.</summary>
    public string MadeOf(params IEnumerable<SqlFile> files) =>
        Versions.Checksum(files.SelectMany(file => new[] { file.Path, file.Checksum, _results.Versions.Of(file) }));

    /// <summary>Makes models and those they read, unless they are there.</summary>
    /// <param name="models">In any order.</param>
    /// <param name="ahead">What is wanted later, in the catalog's order: made as far as there is time.</param>
    public void Make(IEnumerable<SqlFile> models, IEnumerable<SqlFile>? ahead = null)
    {
        var times = new List<Manifest.SqlTime>();
        Sql.Make(models, ahead ?? [], (model, rows, ms) =>
        {
            times.Add(new(model, rows, ms));
            Exports?.Add(model);
        });
        // Which thread was free when is chance.
        Manifest.Files.AddRange(times.OrderBy(time => time.File.Path, StringComparer.Ordinal));
    }

    /// <summary>Runs a folder's checks, or some of them, and keeps what they found in the database.</summary>
    public IReadOnlyList<CheckResult> Checks(Folder folder, Func<SqlFile, bool>? which = null, Func<SqlFile, CheckResult>? run = null)
    {
        var files = Sql.Catalog.In(folder).Where(f => which?.Invoke(f) ?? true).ToList();
        Make(files.SelectMany(Sql.Catalog.Upstream).Where(model => model.Folder.IsModel), folder == Clickpath.Sql.Folder.DataQuality && Options.GoesOn ? OfNoCheck() : []);
        IReadOnlyList<CheckResult> results = run is null ? OnTwoThreads(files) : [.. files.Select(file => Timed(file, () => run(file), r => r.Subjects.Count))];

        var zone = FindTimeZone(Options.TimeZone);
        results = [.. results.Select(result => result.In(zone))];
        results = [.. results.Select(result => result.After(results))];
        Keep(folder, results);
        return results;
    }

    // What does not hang on what checks find.
    private IEnumerable<SqlFile> OfNoCheck() => _catalog.Models.Where(model => !_catalog.Upstream(model).Append(model).Any(file => file.Sources.Contains("check_results")));

    // A check only reads: a second connection runs every other one.
    private CheckResult[] OnTwoThreads(List<SqlFile> files)
    {
        var done = new (CheckResult Result, double DurationMs)[files.Count];
        var failures = new ExceptionDispatchInfo?[files.Count];
        var next = -1;
        using (var beside = Sql.Engine.Beside())
        {
            var other = Task.Run(() => Work(new SqlRunner(beside, _catalog, _results)));
            Work(Sql);
            other.Wait();
        }

        Array.Find(failures, failure => failure is not null)?.Throw(); // the first by name, whichever thread was first
        for (var i = 0; i < done.Length; i++)
            Manifest.Files.Add(new(files[i], done[i].Result.Subjects.Count, done[i].DurationMs));
        return [.. done.Select(one => one.Result)];

        void Work(SqlRunner sql)
        {
            while (Interlocked.Increment(ref next) is var i && i < files.Count)
            {
                try
                {
                    var watch = Stopwatch.StartNew();
                    done[i] = (CheckResult.Run(sql, files[i]), watch.Elapsed.TotalMilliseconds);
                }
                catch (Exception e)
                {
                    failures[i] = ExceptionDispatchInfo.Capture(e);
                    Volatile.Write(ref next, files.Count);
                }
            }
        }
    }

    /// <summary>Runs one file, timed, for run.json.</summary>
    public T Timed<T>(SqlFile file, Func<T> run, Func<T, long> rows)
    {
        var watch = Stopwatch.StartNew();
        var result = run();
        Manifest.Files.Add(new(file, rows(result), watch.Elapsed.TotalMilliseconds));
        return result;
    }

    /// <summary>Does something when all stages have run, before they are published: what hangs on which of them did.</summary>
    public void AtTheEnd(Action act) => _atTheEnd.Add(act);

    /// <summary>Does something on another thread, for which later stages need not wait: it is over when the run is published, and given up with it.</summary>
    public Task Meanwhile(Action<CancellationToken> act)
    {
        if (Options.ExportsLast)
        {
            _atTheEnd.Add(() => act(_giveUp.Token));
            return Task.CompletedTask;
        }

        _meanwhile.Add(Task.Run(() => act(_giveUp.Token)));
        return _meanwhile[^1];
    }

    /// <summary>The folder that is to be published, with the record of the run; what is written at the end is not there yet.</summary>
    public string Preview(int exitCode)
    {
        Manifest.Write(Folder, "", _results.Why, exitCode, []);
        return Folder.Scratch;
    }

    /// <summary>Whether this run has an output, its own or one that it keeps of the last run.</summary>
    public bool Has(Stage stage, string file) => File.Exists(Path.Combine(Folder.Scratch, Name(stage), file));

    /// <summary>Closes the database and publishes the folder, run.json last.</summary>
    public void Publish(int exitCode)
    {
        Exports?.End();
        _atTheEnd.ForEach(act => act());
        _meanwhile.ForEach(task => task.GetAwaiter().GetResult());
        foreach (var name in _results.Save())
            Sql.Drop(name);
        Sql.Engine.Settle();
        var movements = Options.Explain ? Movements() : [];
        Sql.Engine.Dispose();
        var earlier = RunTime.ReadFrom(Path.Combine(Folder.Published, RunFolder.ManifestName));
        var time = Manifest.Load is null ? null : new RunTime(_isFromStart, Manifest.Stages.Sum(stage => stage.DurationMs));
        if (time?.Unusual(earlier) is { } slow)
            Log(slow);
        Manifest.Write(Folder, _warehouse.ScratchState(), _results.Why, exitCode, time?.After(earlier) ?? earlier);
        if (Options.Explain)
            Manifest.Files.ForEach(file => Say($"{file.File.Path}: {(_results.Why(file.File) is { } why ? $"ran, as {why}" : "reused")}{(movements.TryGetValue(file.File, out var movement) ? $"; {movement.How}" : "")}"));
        foreach (var (file, movement) in movements.Where(movement => movement.Value.IsLarge).OrderBy(movement => movement.Key.Path, StringComparer.Ordinal))
            Say($"warning: {file.Path}: {movement.How}, which is slow and may be more than it holds. Join and partition by the column that spreads the tables it reads.");
        _warehouse.Publish();
        Folder.Publish();
    }

    /// <summary>Publishes nothing, as the last run's artifacts are what this one would make.</summary>
    public void LeaveAsItWas(LastRun unchanged)
    {
        if (Options.Explain)
            unchanged.SqlFiles.ToList().ForEach(file => Say($"{file}: reused"));
        Say($"nothing has changed since the last run: the artifacts in {Options.Artifacts} stand");
    }

    public void Log(string line) => Options.Log?.Invoke(line);

    // What was asked for, or is the result: no progress, which a terminal overwrites.
    private void Say(string line) => Options.Print?.Invoke(line + "\n");

    public void Dispose()
    {
        _giveUp.Cancel();
        _meanwhile.ForEach(task => Task.WaitAny([task], CancellationToken.None));
        _giveUp.Dispose();
        if (_isOpen)
            Sql.Engine.Dispose();
        _warehouse.Dispose();
        Folder.Dispose();
    }

    internal static string Name(Stage stage) => stage == Stage.DataQuality ? "data_quality" : stage.ToString().ToLowerInvariant();

    internal static TimeZoneInfo FindTimeZone(string name)
    {
        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(name);
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException or System.Security.SecurityException)
        {
            throw new ClickpathException($"no such time zone: '{name}'.{Nearest.Suggest(name, TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id))} Give --timezone an IANA name such as UTC or America/Los_Angeles.");
        }
    }

    // Of one machine there are none.
    private Dictionary<SqlFile, Movement> Movements() => Manifest.Files.Select(file => file.File).Distinct()
        .Where(file => file["materialize"] != "view" && _results.Why(file) is not null)
        .Select(file => (File: file, Movement: Sql.MovementOf(file)))
        .Where(file => file.Movement is not null).ToDictionary(file => file.File, file => file.Movement!);

    private void OpenDatabase(string? obstacle)
    {
        var engine = _warehouse.OpenScratch(fromLast: obstacle is null);
        try
        {
            if (obstacle is not null)
            {
                foreach (var (_, text) in _catalog.Schema)
                    engine.ExecuteSchema(text);
            }

            engine.Place(_catalog.Distribution.All);
            _results = new ResultStore(engine, _catalog, obstacle ?? "");
        }
        catch
        {
            engine.Dispose();
            throw;
        }

        Sql = new SqlRunner(engine, _catalog, _results);
        Manifest = new Manifest(Options, engine.Version, _catalog);
        _isOpen = true;
    }

    private void Continue(Stage first)
    {
        _results.Assume(first > Stage.Transform ? _catalog.Models : []);
        if (first > Stage.Transform)
            Sql.Assume(_catalog.Models);
        // What later stages found then is not known when this one runs in its turn, and reports may read it.
        Execute("DELETE FROM check_results WHERE stage = 'monitor'");
        foreach (var later in _catalog.In(Clickpath.Sql.Folder.Invariants).Where(f => first <= Stage.Transform || _catalog.Upstream(f).Any(u => u.Folder == Clickpath.Sql.Folder.Analyze)))
            Execute($"DELETE FROM check_results WHERE stage = 'invariants' AND check_name = '{later.Name}'");
        SetCheckResults();
        foreach (var stage in Enum.GetValues<Stage>())
            CopyStage(stage);
    }

    // What the load tables hang on, beside the files: the engine, and the zone's rules with its name, as they change from year to year.
    private string Loader() => Loader(Options, _catalog, _events!.TimeZone);

    /// <inheritdoc cref="Loader()"/>
    internal static string Loader(PipelineOptions options, SqlCatalog catalog, TimeZoneInfo timeZone) =>
        Versions.Checksum([options.Engine, .. LocalClock.Rules(timeZone), .. catalog.Schema.Select(schema => schema.Text), AliasFile(catalog).Checksum]);

    private static SqlFile AliasFile(SqlCatalog catalog) => catalog.In(Clickpath.Sql.Folder.Reference).FirstOrDefault(file => file.Name == "column_aliases")
        ?? throw new ClickpathException("sql/reference: there is no table 'column_aliases'. The loader reads from it how columns may be called; restore it.");

    /// <summary>How columns may be called.</summary>
    internal static IReadOnlyDictionary<string, Column> Aliases(SqlRunner sql)
    {
        var table = sql.Rows(AliasFile(sql.Catalog));
        var (raw, canonical) = (table.IndexOf("raw_name"), table.IndexOf("canonical_name"));
        return ColumnName.Aliases(table.Rows.Select(row => ((string)row[raw]!, (string)row[canonical]!)));
    }

    private string Asked() => Versions.Checksum([
        Loader(), _events!.Spend.Version, Options.FailOn.ToString(),
        .. _catalog.Files.SelectMany(file => new[] { file.Path, file.Checksum }),
        .. _catalog.Parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal).SelectMany(parameter => new[] { parameter.Key, parameter.Value }),
    ]);

    // The one table that is filled while the stages run: its version is that of its rows.
    private void SetCheckResults()
    {
        using var command = Sql.Engine.Connection.CreateCommand();
        command.CommandText = "SELECT * FROM check_results ORDER BY stage, check_name, subject_number";
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
            values.AddRange(SqlRunner.Row(reader).Select(value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "NULL"));
        _results.Versions.Set("check_results", Versions.Checksum(values));
    }

    private void Execute(string sql)
    {
        using var command = Sql.Engine.Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private void Keep(Folder folder, IReadOnlyList<CheckResult> results)
    {
        using var transaction = Sql.Engine.BeginTransaction();
        foreach (var result in results)
            Execute($"DELETE FROM check_results WHERE stage = '{folder.Name}' AND check_name = '{result.File.Name}'");

        using (var writer = Sql.Engine.BulkWriter("check_results", ["stage", "check_name", "title", "severity", "status", "subject_number", "subject", "population", "passed", "message", "remedy", "file_name", "since", "until", "events_touched", "sessions_touched", "orders_touched", "revenue_cents_touched"]))
        {
            foreach (var result in results)
            {
                var number = 0;
                foreach (var subject in result.Subjects)
                {
                    writer.Add(folder.Name);
                    writer.Add(result.File.Name);
                    writer.Add(result.File["title"]);
                    writer.Add(result.Severity);
                    writer.Add(result.Status);
                    writer.Add(++number);
                    writer.Add(subject.Subject);
                    writer.Add(subject.Population);
                    writer.Add(subject.Passed is { } passed ? (passed ? 1L : 0L) : null);
                    writer.Add(subject.Message);
                    writer.Add(subject.Remedy);
                    writer.Add(subject.FileName);
                    writer.Add(subject.Since);
                    writer.Add(subject.Until);
                    foreach (var what in (string[])["events", "sessions", "orders", "revenue_cents"])
                        writer.Add(subject.Touched is { } touched && touched.TryGetValue(what, out var count) ? count : null);
                    writer.EndRow();
                }
            }

            writer.Complete();
        }

        transaction.Commit();
        SetCheckResults();
    }

    private void CopyStage(Stage stage)
    {
        var from = new DirectoryInfo(Path.Combine(Folder.Published, Name(stage)));
        if (!from.Exists)
            return;
        foreach (var file in from.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(Folder.Published, file.FullName).Replace('\\', '/');
            file.CopyTo(Folder.PathOf(relative));
            if (_last?.Outputs.GetValueOrDefault(relative) is not { } output)
                continue;
            Manifest.Sources[relative] = output.Source;
            if (output.MadeOf is { } madeOf)
                Manifest.MadeOf[relative] = madeOf;
        }
    }

    private sealed record Events(IReadOnlyList<InputFile> Files, TimeZoneInfo TimeZone, SpendFile Spend);
}
