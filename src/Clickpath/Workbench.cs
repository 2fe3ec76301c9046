using Clickpath.Engines;
using Clickpath.Reports;
using Clickpath.Runs;
using Clickpath.Sql;

namespace Clickpath;

/// <summary>What helps those who write SQL files: what is wrong with them, what they are made of, and what they change. It reads, and publishes nothing.</summary>
/// <param name="options">Which files, and with which parameters.</param>
public sealed class Workbench(PipelineOptions options)
{
    private static readonly TimeSpan MostCleaningUp = TimeSpan.FromSeconds(2);

    /// <summary>Compiles every SQL file and prints what is wrong, a line each.</summary>
    /// <exception cref="ClickpathException">Something is.</exception>
    public void Check()
    {
        // On another core; what it says counts only where SQLite, whose words are better, has nothing to say.
        var other = options.Engine == "sqlite" ? null : Task.Run(OnOtherEngine);
        var problems = SqlReview.Of(options.Sql, options.Parameters, out var count);
        if (other is not null && !problems.Any(problem => problem.IsError))
            problems = [.. problems, .. other.GetAwaiter().GetResult()];
        else if (other is not null)
            Task.WaitAny([other], MostCleaningUp); // a server that does not answer is not waited for
        foreach (var problem in problems)
            Print($"{(problem.IsError ? "" : "warning: ")}{problem.Message}");
        var errors = problems.Count(p => p.IsError);
        if (errors > 0)
            throw new ClickpathException($"{errors} {(errors == 1 ? "mistake" : "mistakes")} in {count} SQL files; see above.");
        Print($"{count} SQL files are in order.");
    }

    // SQLite has said all that it has against them; the engine that is to run them may have more.
    private IReadOnlyList<SqlProblem> OnOtherEngine()
    {
        var folder = Directory.CreateTempSubdirectory("clickpath-check-");
        try
        {
            // On a server in a schema of its own, beside a run that may be under way; it is gone after.
            using var warehouse = IWarehouse.Of(options with { Database = Path.Combine(folder.FullName, "empty"), Schema = "clickpath_check" }, folder.FullName);
            using var engine = warehouse.OpenScratch(fromLast: false);
            return [.. SqlReview.On(engine, SqlCatalog.Read(options.Sql, engine.Name, options.Parameters))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Prints where a column comes from, back to the export, and what depends on it, on to the reports and alarms.</summary>
    /// <param name="of"><c>sessions.channel</c>; or <c>sessions</c> for all its columns; null: the order of execution, and what each file reads.</param>
    /// <exception cref="ClickpathException">There is no such table or column.</exception>
    public void Lineage(string? of)
    {
        var catalog = SqlCatalog.Read(options.Sql, "sqlite", options.Parameters);
        var lineage = Sql.Lineage.Of(catalog);
        foreach (var line in of is null ? LineageText.Order(lineage) : LineageText.Of(lineage, catalog, of))
            Print(line);
    }

    /// <summary>Runs one SELECT over the last run's database, which it can only read, and prints its rows.</summary>
    /// <param name="sql">The SELECT; or a SQL file's text, whose header is left aside.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ClickpathException">There is no earlier run, or the SELECT is wrong or does more than read.</exception>
    public void Query(string sql, string name = "query")
    {
        using var warehouse = LastRun();
        var catalog = SqlCatalog.Read(options.Sql, options.Engine, options.Parameters);
        using var engine = warehouse.OpenLast();
        Write(TextTable.Of(new SqlRunner(engine, catalog).Ask(sql, name), formats: null));
    }

    /// <summary>Prints how the engine runs a SQL file's SELECT over the last run's tables.</summary>
    /// <param name="name">The model's, check's or report's.</param>
    /// <exception cref="ClickpathException">There is no such file, or no earlier run.</exception>
    public void Plan(string name)
    {
        using var warehouse = LastRun();
        var catalog = SqlCatalog.Read(options.Sql, options.Engine, options.Parameters);
        var file = catalog.Files.FirstOrDefault(f => f.Name == name)
            ?? throw new ClickpathException($"--model {name}: there is no such SQL file.{Nearest.Suggest(name, catalog.Files.Select(f => f.Name))}");
        using var engine = warehouse.OpenLast();
        var sql = new SqlRunner(engine, catalog);
        if (sql.MovementOf(file) is { } movement)
            Print($"{(movement.IsLarge ? "warning: " : "")}{movement.How}");
        foreach (var line in sql.Plan(file))
            Print(line);
    }

    /// <summary>Prints how the numbers of the last run differ from those of another.</summary>
    /// <param name="against">The artifacts of the other run.</param>
    /// <param name="markdown">A file to write the same to, as for a comment on a pull request; null: none.</param>
    /// <exception cref="ClickpathException">One of the folders holds no run.</exception>
    public void Diff(string against, string? markdown)
    {
        var text = Difference(against, options.Artifacts);
        Write(text);
        if (markdown is not null)
            File.WriteAllText(markdown, text);
    }

    /// <summary>Runs the pipeline, then again whenever a SQL file has changed, and prints what that has changed in the numbers.</summary>
    /// <param name="orStop">Throws when it is time to end.</param>
    public void Watch(Action orStop)
    {
        // What is saved while a run is under way is seen after it, also during the first.
        var seen = State();
        RunAll(isFirst: true);
        for (; ; orStop())
        {
            Print($"watching '{options.Sql}': save a file and see what changes; Ctrl-C ends.");
            while (State() == seen)
            {
                Thread.Sleep(50);
                orStop();
            }

            seen = State();
            RunAll(isFirst: false);
        }
    }

    private IWarehouse LastRun()
    {
        var warehouse = IWarehouse.Of(options);
        if (warehouse.Exists)
            return warehouse;
        warehouse.Dispose();
        throw new ClickpathException($"no database of an earlier run at '{warehouse.Place}'. Run the pipeline first, or give --artifacts the folder of a run.");
    }

    // An error is printed, and the next save mends it.
    private void RunAll(bool isFirst)
    {
        try
        {
            using var pipeline = new Pipeline(options with { ExportsLast = !isFirst });
            pipeline.DataQuality();
            pipeline.Transform();
            pipeline.Analyze();
            pipeline.Monitor();
            // While the last run still stands beside it.
            if (!isFirst && File.Exists(Path.Combine(options.Artifacts, RunFolder.ManifestName)))
                pipeline.Preview(next => Write(Difference(options.Artifacts, next)));
            pipeline.Publish();
        }
        catch (ClickpathException error)
        {
            Print($"error: {error.Message}");
        }
    }

    private string Difference(string before, string after) =>
        string.Concat(new RunDiff(before, after, SqlCatalog.Read(options.Sql, "sqlite", options.Parameters)).Markdown().Select(line => line + "\n"));

    private string State() => string.Join('\n', new DirectoryInfo(options.Sql).EnumerateFiles("*.sql", SearchOption.AllDirectories)
        .OrderBy(file => file.FullName, StringComparer.Ordinal).Select(file => FormattableString.Invariant($"{file.FullName} {file.LastWriteTimeUtc.Ticks} {file.Length}")));

    private void Write(string text) => options.Print?.Invoke(text);

    private void Print(string line) => options.Print?.Invoke(line + "\n");
}
