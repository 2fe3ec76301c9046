using Clickpath.Runs;

namespace Clickpath.Engines;

/// <summary>Where an engine keeps the last run's tables, and those of the run under way until they take their place.</summary>
internal interface IWarehouse : IDisposable
{
    /// <summary>The engine's name, as <c>--engine</c> spells it.</summary>
    string Engine { get; }

    /// <summary>Whether an earlier run has left tables.</summary>
    bool Exists { get; }

    /// <summary>Where they are or would be, for a person.</summary>
    string Place { get; }

    /// <summary>What tells whether somebody has written to the last run's tables since.</summary>
    string State();

    /// <summary>Opens the last run's tables, for reading alone.</summary>
    IEngine OpenLast();

    /// <summary>Opens the tables of the run under way: a copy of the last run's, or none yet.</summary>
    IEngine OpenScratch(bool fromLast);

    /// <summary>Whether the planner knows as much of a copy as of the last run's tables.</summary>
    bool CopiesStatistics => true;

    /// <summary>Opens the tables of a run that another process makes at this moment; null where there is none, or nobody else may write to it.</summary>
    IEngine? OpenUnderWay() => null;

    /// <summary>What <see cref="State"/> will be, once they are published; nothing is open any longer.</summary>
    string ScratchState();

    /// <summary>Puts them in the last run's place.</summary>
    void Publish();

    /// <summary>The warehouse that a run is asked to use.</summary>
    /// <param name="options">Which engine, and where.</param>
    /// <param name="scratch">The run's scratch folder; null where the last run's tables are only read.</param>
    /// <exception cref="ClickpathException">The options do not fit the engine.</exception>
    public static IWarehouse Of(PipelineOptions options, string? scratch = null) => options.Engine switch
    {
        "sqlite" => new FileWarehouse("sqlite", options, Run.DatabaseName, scratch, headerBytes: 100, (path, readOnly) => new SqliteEngine(path, readOnly)),
        "duckdb" => new FileWarehouse("duckdb", options, Run.DuckDbName, scratch, headerBytes: 3 * 4096, (path, readOnly) => new DuckDbEngine(path, readOnly)),
        "postgres" => new PostgresWarehouse(options, makes: scratch is not null),
        _ => throw new ClickpathException($"--engine can't be '{options.Engine}'.{Sql.Nearest.Suggest(options.Engine, PipelineOptions.Engines)} Allowed: {string.Join(", ", PipelineOptions.Engines)}."),
    };
}
