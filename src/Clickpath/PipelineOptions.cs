namespace Clickpath;

/// <summary>When a run's findings become its exit code.</summary>
public enum FailOn
{
    /// <summary>Critical findings only (the default).</summary>
    Critical,

    /// <summary>Warnings too.</summary>
    Warn,

    /// <summary>None; but critical data quality still stops the later stages, and a run that stopped ends with 2.</summary>
    None,
}

/// <summary>What a run is asked to do. Paths are as the user gave them, relative to the current folder.</summary>
public sealed record PipelineOptions
{
    /// <summary>A folder, a glob or a file of daily exports, .csv or .csv.gz.</summary>
    public string Events { get; init; } = "data/sample";

    /// <summary>The folder that the run publishes.</summary>
    public string Artifacts { get; init; } = "artifacts";

    /// <summary>The folder of SQL files.</summary>
    public string Sql { get; init; } = "sql";

    /// <summary>What <see cref="Engine"/> may be.</summary>
    public static IReadOnlyList<string> Engines { get; } = ["sqlite", "duckdb", "postgres"];

    /// <summary>The database that runs the SQL files: one of <see cref="Engines"/>. The artifacts are the same with each.</summary>
    public string Engine { get; init; } = "sqlite";

    /// <summary>How to reach the server of an engine that has one, as Npgsql reads it; null: as the environment variable CLICKPATH_CONNECTION
    /// says. It may hold a password, and is printed nowhere.</summary>
    public string? Connection { get; init; }

    /// <summary>The database file, null: <c>clickpath.db</c> in the artifacts, or <c>clickpath.duckdb</c>.</summary>
    public string? Database { get; init; }

    /// <summary>The IANA name of the time zone that calendar days are in.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>What makes the exit code differ from 0.</summary>
    public FailOn FailOn { get; init; } = FailOn.Critical;

    /// <summary>The one report that <see cref="Pipeline.Analyze"/> is to run over the last run's database, with those that read it;
    /// null: all.</summary>
    public string? Only { get; init; }

    /// <summary>Overrides of parameters that SQL files declare: name to literal.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Reads an environment variable, null where it is not set: the webhook's URL, and whether GitHub Actions runs us.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Whether files that are exported are written when all else is done, so that the numbers are known sooner.</summary>
    public bool ExportsLast { get; init; }

    /// <summary>Whether the other stages follow the first, so that their tables may be made while it waits for its own.</summary>
    public bool GoesOn { get; init; }

    /// <summary>Whether to make everything anew, whatever an earlier run has left.</summary>
    public bool Force { get; init; }

    /// <summary>Whether to log, for each SQL file, why it ran or that it was reused.</summary>
    public bool Explain { get; init; }

    /// <summary>Writes one line of progress; null for silence.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>The schema of an engine that is a server; null: <c>clickpath</c>.</summary>
    public string? Schema { get; init; }

    // A record prints what it has: a password must not be among it.
    private bool PrintMembers(System.Text.StringBuilder text) => text.Append("Events = ").Append(Events).Append(", Artifacts = ").Append(Artifacts).Length > 0;

    /// <summary>Writes a result that was asked for by name, such as the table of <see cref="Only"/>; null for silence.</summary>
    public Action<string>? Print { get; init; }
}
