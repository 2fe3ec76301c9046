using Clickpath.Engines;

namespace Clickpath.Tests.Engines;

/// <summary>An engine with no tables, which is gone with what it holds.</summary>
internal sealed class TestEngine : IDisposable
{
    private readonly IWarehouse? _warehouse;

    private TestEngine(IEngine engine, IWarehouse? warehouse = null) => (Engine, _warehouse) = (engine, warehouse);

    /// <summary>The engines that can be opened on this machine.</summary>
    public static IEnumerable<string> AtHand => PipelineOptions.Engines.Where(engine => engine != "postgres" || PostgresServer.IsAtHand);

    public IEngine Engine { get; }

    /// <summary>Opens one; a test that needs a server is ignored where there is none.</summary>
    /// <param name="name">As --engine spells it.</param>
    /// <param name="path">The file of an embedded one.</param>
    public static TestEngine Open(string name, string path)
    {
        if (name == "sqlite")
            return new(new SqliteEngine(path));
        if (name == "duckdb")
            return new(new DuckDbEngine(path));
        var warehouse = new PostgresWarehouse(new PipelineOptions { Connection = PostgresServer.Connection(), Schema = "test_" + Guid.NewGuid().ToString("N") }, makes: true);
        return new(warehouse.OpenScratch(fromLast: false), warehouse);
    }

    public void Dispose()
    {
        Engine.Dispose();
        _warehouse?.Dispose();
    }
}
