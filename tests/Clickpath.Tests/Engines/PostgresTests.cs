using Clickpath.Engines;
using Dapper;
using Npgsql;

namespace Clickpath.Tests.Engines;

/// <summary>What is PostgreSQL's alone: a server that others use too, that may go away, and that wants a password.</summary>
public sealed class PostgresTests
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
            Connection = PostgresServer.Connection(),
            Schema = "shop_" + Guid.NewGuid().ToString("N")[..16],
            Events = Path.Combine(_temp.Path, "export"),
            Sql = Repository.Sql,
            Artifacts = Path.Combine(_temp.Path, "artifacts"),
        };
        new RandomExport(3).Write(_options.Events);
    }

    [TearDown]
    public void Remove() => _temp.Dispose();

    [Test]
    public void A_connection_that_is_lost_in_the_middle_publishes_nothing_and_the_next_run_succeeds()
    {
        Load(_options);
        var before = Query("SELECT COUNT(*) FROM input_files");
        var lost = _options with
        {
            Force = true,
            Connection = $"{_options.Connection};Application Name={_options.Schema}",
            Log = _ => Server($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{_options.Schema}'"),
        };

        Assert.That(() => Load(lost), Throws.TypeOf<ClickpathException>().With.Message.StartsWith("PostgreSQL failed").And.Message.Contains("Nothing was published"));
        Assert.That(Query("SELECT COUNT(*) FROM input_files"), Is.EqualTo(before), "the last run's tables stand");

        Load(_options with { Force = true });
        Assert.That(Schemas(), Is.EqualTo(new[] { _options.Schema }), "nothing is left of the run that failed");
    }

    [Test]
    public void The_password_stands_in_no_output_and_no_message()
    {
        Load(_options);
        foreach (var path in Directory.EnumerateFiles(_options.Artifacts, "*", SearchOption.AllDirectories))
            Assert.That(File.ReadAllText(path), Does.Not.Contain(PostgresServer.Password), path);
        Assert.That(_options.ToString(), Does.Not.Contain(PostgresServer.Password));

        // A wrong one, an unreachable server, and what can't be read at all.
        foreach (var wrong in new[] { _options.Connection!.Replace("Username=clickpath", "Username=nobody", StringComparison.Ordinal), _options.Connection + ";Port=1", $"Pasword={PostgresServer.Password}", $"Host=127.0.0.1;Port={PostgresServer.Password}" })
        {
            var error = Assert.Throws<ClickpathException>(() => Load(_options with { Connection = wrong, Force = true }))!;
            Assert.That(error.Message, Does.Contain("--connection").And.Not.Contain(PostgresServer.Password));
            Assert.That(error.Message, Does.Not.Contain('\n'));
        }
    }

    [Test]
    public void Without_a_connection_the_error_says_what_to_give() =>
        Assert.That(() => Load(_options with { Connection = null, Environment = _ => null }), Throws.TypeOf<ClickpathException>().With.Message.Contains("CLICKPATH_CONNECTION"));

    [Test]
    public void The_environment_says_how_to_connect_where_no_option_does()
    {
        Load(_options with { Connection = null, Environment = name => name == "CLICKPATH_CONNECTION" ? PostgresServer.Connection() : null });

        Assert.That(Query("SELECT COUNT(*) FROM input_files"), Is.Positive);
    }

    [Test]
    public void A_schema_that_is_no_runs_is_not_replaced()
    {
        Server($"CREATE SCHEMA {_options.Schema}; CREATE TABLE {_options.Schema}.precious (a INTEGER);");

        Assert.That(() => Load(_options), Throws.TypeOf<ClickpathException>().With.Message.Contains("is not a run's"));
        Assert.That(Query("SELECT COUNT(*) FROM precious"), Is.Zero);
    }

    [Test]
    public void A_second_run_into_the_same_schema_is_kept_out()
    {
        using var first = new PostgresWarehouse(_options, makes: true);
        using var open = first.OpenScratch(fromLast: false);

        Assert.That(() => Load(_options), Throws.TypeOf<ClickpathException>().With.Message.StartsWith("another run is writing schema"));
    }

    [Test]
    public void A_plan_is_printed_on_request([Values("sqlite", "duckdb", "postgres")] string engine)
    {
        var lines = new List<string>();
        var options = _options with { Engine = engine, Print = lines.Add };
        Load(options);
        new Workbench(options).Plan("bots");

        Assert.That(string.Concat(lines), Does.Match("(?i)scan"));
    }

    // The first stage, which loads; published whatever it finds.
    private static void Load(PipelineOptions options)
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

    private long Query(string select)
    {
        using var engine = new PostgresEngine(new NpgsqlConnectionStringBuilder(_options.Connection), _options.Schema!, readOnly: true);
        return engine.Connection.ExecuteScalar<long>(select);
    }

    private string[] Schemas()
    {
        using var connection = new NpgsqlConnection(_options.Connection);
        return [.. connection.Query<string>("SELECT CAST(nspname AS TEXT) FROM pg_namespace WHERE nspname LIKE @name ORDER BY nspname", new { name = _options.Schema + "%" })];
    }

    private void Server(string sql)
    {
        using var connection = new NpgsqlConnection(_options.Connection + ";Pooling=false");
        connection.Execute(sql);
    }
}
