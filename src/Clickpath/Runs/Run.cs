using System.Diagnostics;
using System.Globalization;
using Clickpath.Engines;
using Clickpath.Loading;
using Clickpath.Sql;
using Clickpath.Stages;

namespace Clickpath.Runs;

/// <summary>One run under way: its folder, its database, its SQL files, and the record of what ran.</summary>
internal sealed class Run : IDisposable
{
    /// <summary>The database's name in the artifacts.</summary>
    public const string DatabaseName = "clickpath.db";

    private readonly string? _database;

    private Run(PipelineOptions options, RunFolder folder, SqlCatalog catalog, bool continues)
    {
        (Options, Folder) = (options, folder);
        _database = options.Database is null ? null : Path.GetFullPath(options.Database);
        if (continues)
        {
            var last = _database ?? Path.Combine(folder.Published, DatabaseName);
            if (!File.Exists(last))
                throw new ClickpathException($"no database of an earlier run at '{options.Database ?? Path.Combine(options.Artifacts, DatabaseName)}'. Run without --exclusive first.");
            foreach (var stage in Enum.GetValues<Stage>())
                CopyStage(stage);
            File.Copy(last, ScratchDatabase);
        }

        Sql = new SqlRunner(new SqliteEngine(ScratchDatabase), catalog);
        Manifest = new Manifest(options, Sql.Engine.Version, catalog);
    }

    public PipelineOptions Options { get; }

    public RunFolder Folder { get; }

    public SqlRunner Sql { get; }

    public Manifest Manifest { get; }

    private string ScratchDatabase => _database is null ? Path.Combine(Folder.Scratch, DatabaseName) : _database + ".scratch";

    /// <summary>A run from the files on. Everything that can be wrong with what was asked is found before anything is made.</summary>
    public static Run FromFiles(PipelineOptions options)
    {
        if (options.Only is not null)
            throw new ClickpathException("--only runs one report over the last run's database. Give --target=Analyze --exclusive with it.");
        var timeZone = FindTimeZone(options.TimeZone);
        var files = InputFiles.Find(options.Events);
        return Open(options, continues: false, run =>
        {
            foreach (var (_, text) in run.Sql.Catalog.Schema)
                run.Sql.Engine.ExecuteSchema(text);
            run.Load(files, timeZone);
        });
    }

    /// <summary>A run of later stages over the last run's database.</summary>
    public static Run FromLastRun(PipelineOptions options, Stage first) => Open(options, continues: true, run =>
    {
        if (first > Stage.Transform)
            run.Sql.Assume(run.Sql.Catalog.Models);
    });

    /// <summary>Runs one stage, timed.</summary>
    public void Time(Stage stage, Action body)
    {
        var watch = Stopwatch.StartNew();
        if (Options.Only is null && Directory.Exists(Path.Combine(Folder.Scratch, Name(stage))))
            Directory.Delete(Path.Combine(Folder.Scratch, Name(stage)), recursive: true); // what an earlier run made
        body();
        Manifest.Stages.Add(new(Name(stage), watch.Elapsed.TotalMilliseconds));
        Log($"{stage}: {watch.Elapsed.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s");
    }

    /// <summary>The path of an output of a stage, and where it comes from.</summary>
    public string Output(Stage stage, string file, SqlFile? source = null)
    {
        var relative = $"{Name(stage)}/{file}";
        Manifest.Sources[relative] = source?.Path;
        return Folder.PathOf(relative);
    }

    /// <summary>Makes a model and those it reads, unless they are there.</summary>
    public void Make(SqlFile model)
    {
        var watch = Stopwatch.StartNew();
        foreach (var (made, rows) in Sql.Make(model))
        {
            Manifest.Files.Add(new(made.Path, made.Checksum, rows, watch.Elapsed.TotalMilliseconds));
            watch.Restart();
        }
    }

    /// <summary>Runs a folder's checks, or some of them, and keeps what they found in the database.</summary>
    public IReadOnlyList<CheckResult> Checks(Folder folder, Func<SqlFile, bool>? which = null)
    {
        var results = new List<CheckResult>();
        foreach (var file in Sql.Catalog.In(folder).Where(f => which?.Invoke(f) ?? true))
        {
            foreach (var model in Sql.Catalog.Upstream(file).Where(m => m.Folder.IsModel))
                Make(model);
            results.Add(Timed(file, () => CheckResult.Run(Sql, file), r => r.Subjects.Count));
        }

        Keep(folder, results);
        return results;
    }

    /// <summary>Runs one file, timed, for run.json.</summary>
    public T Timed<T>(SqlFile file, Func<T> run, Func<T, long> rows)
    {
        var watch = Stopwatch.StartNew();
        var result = run();
        Manifest.Files.Add(new(file.Path, file.Checksum, rows(result), watch.Elapsed.TotalMilliseconds));
        return result;
    }

    /// <summary>Closes the database and publishes the folder, run.json last.</summary>
    public void Publish(int exitCode)
    {
        Sql.Engine.Dispose();
        Manifest.Write(Folder, exitCode);
        if (_database is not null)
            File.Move(ScratchDatabase, _database, overwrite: true);
        Folder.Publish();
        Log($"artifacts in {Options.Artifacts}");
    }

    public void Log(string line) => Options.Log?.Invoke(line);

    public void Dispose()
    {
        Sql.Engine.Dispose();
        if (_database is not null)
            File.Delete(ScratchDatabase);
        Folder.Dispose();
    }

    internal static string Name(Stage stage) => stage == Stage.DataQuality ? "data_quality" : stage.ToString().ToLowerInvariant();

    private static Run Open(PipelineOptions options, bool continues, Action<Run> prepare)
    {
        var catalog = SqlCatalog.Read(options.Sql, "sqlite", options.Parameters);
        var folder = new RunFolder(options.Artifacts);
        Run? run = null;
        try
        {
            run = new Run(options, folder, catalog, continues);
            prepare(run);
            return run;
        }
        catch
        {
            run?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    private static TimeZoneInfo FindTimeZone(string name)
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

    private void Load(IReadOnlyList<InputFile> files, TimeZoneInfo timeZone)
    {
        var watch = Stopwatch.StartNew();
        using (var transaction = Sql.Engine.BeginTransaction())
        {
            Manifest.Load = Loader.Load(Sql.Engine, files, timeZone, Options.Log, CancellationToken.None);
            transaction.Commit();
        }

        Sql.Engine.Analyze();
        Manifest.Stages.Add(new("load", watch.Elapsed.TotalMilliseconds));
    }

    private void Keep(Folder folder, IReadOnlyList<CheckResult> results)
    {
        using var transaction = Sql.Engine.BeginTransaction();
        using (var command = Sql.Engine.Connection.CreateCommand())
        {
            command.CommandText = $"DELETE FROM check_results WHERE stage = '{folder.Name}'";
            command.ExecuteNonQuery();
        }

        using (var writer = Sql.Engine.BulkWriter("check_results", ["stage", "check_name", "title", "severity", "status", "subject_number", "subject", "population", "passed", "message"]))
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
                    writer.EndRow();
                }
            }

            writer.Complete();
        }

        transaction.Commit();
    }

    private void CopyStage(Stage stage)
    {
        var from = new DirectoryInfo(Path.Combine(Folder.Published, Name(stage)));
        if (!from.Exists)
            return;
        foreach (var file in from.EnumerateFiles("*", SearchOption.AllDirectories))
            file.CopyTo(Folder.PathOf(Path.GetRelativePath(Folder.Published, file.FullName)));
    }
}
