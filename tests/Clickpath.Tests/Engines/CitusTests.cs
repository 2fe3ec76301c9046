using System.Globalization;
using Clickpath.Engines;
using Clickpath.Sql;
using Dapper;
using Npgsql;

namespace Clickpath.Tests.Engines;

/// <summary>PostgreSQL with workers: where tables go, what runs there, and what becomes of a run when a worker does not answer.</summary>
public sealed class CitusTests
{
    private TempFolder _temp = null!;
    private PipelineOptions _options = null!;

    [SetUp]
    public void Make()
    {
        _temp = new TempFolder();
        _options = new PipelineOptions
        {
            Engine = "postgres",
            Connection = CitusCluster.Connection(),
            Schema = "citus_" + Guid.NewGuid().ToString("N")[..16],
            Events = Path.Combine(_temp.Path, "export"),
            Sql = Repository.Sql,
            Artifacts = Path.Combine(_temp.Path, "artifacts"),
        };
        new RandomExport(3).Write(_options.Events);
    }

    [TearDown]
    public void Remove()
    {
        if (CitusCluster.IsAtHand)
            CitusCluster.Drop(_options.Schema!);
        _temp.Dispose();
    }

    [Test]
    public void Events_are_spread_over_all_shards_also_those_without_a_client_and_what_is_read_beside_them_is_everywhere()
    {
        Run(_options);

        Assert.That(Places()["raw_events"], Is.EqualTo(new Placement("client_key")));
        Assert.That(Places()["event_order"], Is.EqualTo(new Placement("client_key")));
        Assert.That(Places()["pages"], Is.EqualTo(new Placement(Column: null)));
        Assert.That(Places()["file_results"], Is.Null, "nothing spread is read beside it");
        var shards = Query<long>("SELECT COUNT(*) FROM raw_events WHERE has_client = 0 GROUP BY get_shard_id_for_distribution_column('raw_events', client_key)");
        Assert.That(shards, Has.Count.GreaterThan(1));
        Assert.That(shards.Max(), Is.LessThan(shards.Sum() * 0.8));
    }

    [Test]
    public void What_keeps_to_the_column_that_spreads_runs_inside_the_shards_and_what_does_not_is_pulled()
    {
        Run(_options);

        Assert.That(Plan("event_order"), Does.StartWith("shard-local in "));
        Assert.That(Plan("near_duplicates"), Does.StartWith("pulled: about "));
        Assert.That(Plan("event_taxonomy"), Does.StartWith("on the coordinator alone"));
    }

    [Test]
    public void A_run_says_of_each_file_what_moves()
    {
        var lines = new List<string>();
        Run(_options with { Explain = true, Print = lines.Add });

        Assert.That(lines, Has.Some.Matches("^sql/transform/event_order.sql: ran, as .*; shard-local in [0-9]+ tasks\n$"));
    }

    [Test]
    public void Tables_that_the_cluster_does_not_join_as_they_lie_are_gathered_before()
    {
        using var warehouse = new PostgresWarehouse(_options, makes: true);
        using var engine = warehouse.OpenScratch(fromLast: false);
        engine.ExecuteSchema("CREATE TABLE visits (client_key BIGINT, page TEXT); CREATE TABLE buys (client_key BIGINT, page TEXT);");
        engine.Place(("visits", new Placement("client_key")), ("buys", new Placement("client_key")));
        engine.Connection.Execute("INSERT INTO visits SELECT n, CAST(n % 5 AS TEXT) FROM generate_series(1, 40) AS n; INSERT INTO buys VALUES (9, '0'), (8, '1'), (8, '2'), (8, '3');");
        const string Join = "SELECT visits.client_key FROM visits LEFT JOIN buys ON buys.page = visits.page WHERE buys.page IS NULL";
        string[] selects =
        [
            $"{Join} ORDER BY visits.client_key",
            $"WITH lost AS ({Join})\nSELECT client_key FROM lost ORDER BY client_key",
            $"WITH lost AS ({Join}), visits AS (SELECT client_key FROM lost)\nSELECT client_key FROM visits ORDER BY client_key",
        ];

        foreach (var select in selects)
        {
            Assert.That(() => engine.Connection.Query(select), Throws.TypeOf<PostgresException>(), "else there is nothing to gather");
            Assert.That(engine.Connection.Query<long>(engine.Dialect(select)), Is.EqualTo(new[] { 4L, 9, 14, 19, 24, 29, 34, 39 }));
        }
    }

    [Test]
    public void Workers_that_are_lost_in_the_middle_publish_nothing_and_the_next_run_succeeds()
    {
        Run(_options);
        var before = Query<long>("SELECT COUNT(*) FROM raw_events");
        // On the workers, what the run's connections to the coordinator have opened: a worker calls it by their process id.
        const string Lose = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'citus_internal gpid=%{0:D10}'";
        var lost = _options with
        {
            Force = true,
            Connection = $"{_options.Connection};Application Name={_options.Schema}",
            Log = _ => CitusCluster.Query<int>($"SELECT pid FROM pg_stat_activity WHERE application_name = '{_options.Schema}'")
                .ForEach(pid => CitusCluster.Query<string>($"SELECT result FROM run_command_on_workers($$ {string.Format(CultureInfo.InvariantCulture, Lose, pid)} $$)")),
        };

        Assert.That(() => Run(lost), Throws.TypeOf<ClickpathException>().With.Message.StartsWith("PostgreSQL failed").And.Message.Contains("Nothing was published"));
        Assert.That(Query<long>("SELECT COUNT(*) FROM raw_events"), Is.EqualTo(before), "the last run's tables stand");

        Run(_options with { Force = true });
        Assert.That(Query<long>("SELECT COUNT(*) FROM raw_events"), Is.EqualTo(before));
    }

    // The first stage, published whatever it finds.
    private static void Run(PipelineOptions options)
    {
        using var pipeline = new Pipeline(options);
        try
        {
            pipeline.DataQuality();
        }
        catch (ClickpathException) when (pipeline.ExitCode == 2)
        {
        }

        pipeline.Publish();
    }

    private string Plan(string model)
    {
        var lines = new List<string>();
        new Workbench(_options with { Print = lines.Add }).Plan(model);
        return lines[0];
    }

    private IReadOnlyDictionary<string, Placement?> Places()
    {
        using var engine = new PostgresEngine(new NpgsqlConnectionStringBuilder(_options.Connection), _options.Schema!, readOnly: true);
        return engine.Places(_options.Schema!);
    }

    private List<T> Query<T>(string select)
    {
        using var engine = new PostgresEngine(new NpgsqlConnectionStringBuilder(_options.Connection), _options.Schema!, readOnly: true);
        return [.. engine.Connection.Query<T>(select)];
    }
}
