namespace Build;

/// <summary>The options of a pipeline run and those of Cake. A task's own are on its class.</summary>
internal static class Options
{
    public static IReadOnlyList<OptionAttribute> Pipeline { get; } =
    [
        new("events", "PATH", "Folder, glob or file of daily exports, .csv or .csv.gz (default: data/sample)") { Kind = OptionKind.Path },
        new("artifacts", "FOLDER", "Where results are published (default: artifacts)") { Kind = OptionKind.Path },
        new("sql", "FOLDER", "The models, checks and reports (default: sql)") { Kind = OptionKind.Path },
        new("engine", "sqlite|duckdb|postgres", "The database that runs the SQL files (default: sqlite)"),
        new("connection", "TEXT", "Of --engine=postgres: 'Host=...;Database=...;Username=...' (default: the environment variable CLICKPATH_CONNECTION)"),
        new("database", "FILE", "The database (default: clickpath.db in the artifacts, or clickpath.duckdb)") { Kind = OptionKind.Path },
        new("schema", "NAME", "Of --engine=postgres: where its tables are (default: clickpath)"),
        new("timezone", "NAME", "IANA name of the zone that days are counted in (default: UTC)"),
        new("fail-on", "warn|critical|none", "Which findings make the exit code 2 or 3 (default: critical)"),
        new("force", "", "Makes everything anew, also what has not changed since the last run") { Kind = OptionKind.Flag },
        new("explain", "", "Says of each SQL file why it ran, or that its result was reused; on a Citus cluster also what moves") { Kind = OptionKind.Flag },
        new("watch", "", "Runs again whenever a SQL file is saved, and shows what has changed; the same as --target=Watch") { Kind = OptionKind.Flag },
        new("param", "NAME=VALUE", "Overrides a parameter of the SQL files") { Kind = OptionKind.Pair, Repeatable = true },
    ];

    public static IReadOnlyList<OptionAttribute> Cake { get; } =
    [
        new("target|t", "TASK", "The task to run, after those it depends on (default: Default)") { Repeatable = true },
        new("exclusive|e", "", "Runs the target without what it depends on") { Kind = OptionKind.Flag },
        new("tree|showtree", "", "Shows which task depends on which") { Kind = OptionKind.Flag },
        new("description|descriptions|showdescription|showdescriptions", "", "Lists the tasks with their descriptions") { Kind = OptionKind.Flag },
        new("dryrun|noop|whatif", "", "Shows what would run, and runs nothing") { Kind = OptionKind.Flag },
        new("verbosity|v", "quiet|minimal|normal|verbose|diagnostic", "How much is printed (default: normal)"),
        new("working|w", "FOLDER", "The folder to work in (default: the project's)"),
        new("version|ver", "", "Prints the version, and that of Cake") { Kind = OptionKind.Flag },
        new("info", "", "Prints more about Cake") { Kind = OptionKind.Flag },
        new("help|h|?", "", "Prints this page") { Kind = OptionKind.Flag },
    ];

    public static IEnumerable<OptionAttribute> All => [.. Pipeline, .. TaskList.All.SelectMany(task => task.Options), .. Cake];
}
