using Clickpath.Engines;
using Clickpath.Loading;
using Clickpath.Runs;
using Clickpath.Tests.Loading;
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
    public void The_check_of_the_SQL_files_leaves_a_run_under_way_alone_and_nothing_behind()
    {
        var printed = new List<string>();
        var beside = _options with { Print = printed.Add };
        Load(_options with { Log = _ => { if (printed.Count == 0) new Workbench(beside).Check(); } });

        Assert.That(string.Concat(printed), Does.EndWith(" SQL files are in order.\n"));
        Assert.That(Query("SELECT COUNT(*) FROM input_files"), Is.Positive, "the run was published");
        Assert.That(Query("SELECT COUNT(*) FROM pg_namespace WHERE nspname LIKE 'clickpath_check%'"), Is.Zero);
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
    public void A_file_is_one_loaders_at_a_time_and_is_to_be_had_again_when_that_one_dies()
    {
        using var warehouse = new PostgresWarehouse(_options, makes: true);
        using var engine = OpenForLoading(warehouse);
        var (id, file) = FileIds.Of(InputFiles.Find(_options.Events))[0];
        var queue = new LoadQueue(engine, "alike");
        queue.Open([(id, file)]);
        using var first = engine.FileLoader();
        using var second = engine.FileLoader();

        Assert.That(queue.TryClaim(first, id, file.Name), Is.True);
        Assert.That(queue.TryClaim(second, id, file.Name), Is.False, "the first has it");
        Loader.Load(first.Engine, [(id, file)], TimeZoneInfo.Utc, null, null, CancellationToken.None);
        Die(first);
        Assert.That(new LoadQueue(engine, "other").TryClaim(second, id, file.Name), Is.False, "it would load otherwise");
        Assert.That(queue.TryClaim(second, id, file.Name), Is.True, "the first is gone, and what it wrote");
        Loader.Load(second.Engine, [(id, file)], TimeZoneInfo.Utc, null, null, CancellationToken.None);
        second.Commit();
        Assert.That(queue.TryClaim(second, id, file.Name), Is.False, "it is loaded");
        Assert.That(queue.Files(), Is.Empty);
    }

    [Test]
    public void A_run_waits_for_a_loader_and_loads_its_file_itself_when_it_dies()
    {
        var export = new ChangingExport(Path.Combine(_temp.Path, "three"), 5);
        foreach (var day in new[] { 10, 11, 12 })
            export.Write($"events_202502{day}.csv", 1);
        using var warehouse = new PostgresWarehouse(_options, makes: true);
        using var engine = OpenForLoading(warehouse);
        var files = FileIds.Of(InputFiles.Find(export.Folder));
        using var dying = engine.FileLoader();
        Assert.That(dying.TryBegin(files[0].Id), Is.True);
        Loader.Load(dying.Engine, [files[0]], TimeZoneInfo.Utc, null, null, CancellationToken.None);
        var said = new List<string>();

        var summary = Loader.Load(engine, InputFiles.Find(export.Folder), TimeZoneInfo.Utc, line =>
        {
            said.Add(line);
            if (said.Count == 2)
                Die(dying);
        }, CancellationToken.None);

        Assert.That(said[2], Does.Contain(files[0].File.Name), "last, as another had it until then");
        Assert.That(engine.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM raw_events"), Is.EqualTo(summary.Loaded));
        Assert.That(engine.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM pages WHERE page_key NOT IN (SELECT page_key FROM raw_events WHERE page_key IS NOT NULL)"), Is.Zero);
    }

    [Test]
    public void Who_would_load_otherwise_is_sent_away()
    {
        using var warehouse = new PostgresWarehouse(_options, makes: true);
        using var engine = OpenForLoading(warehouse);
        new LoadQueue(engine, "something else").Open(FileIds.Of(InputFiles.Find(_options.Events)));

        Assert.That(() => Pipeline.Load(_options), Throws.TypeOf<ClickpathException>().With.Message.Contains("does not load as this process would"));
    }

    [Test]
    public void Where_no_run_loads_there_is_nothing_to_help_with() =>
        Assert.That(() => LoadHelp.Run(_options, TimeSpan.Zero), Throws.TypeOf<ClickpathException>().With.Message.StartsWith("no run is loading into schema"));

    [Test]
    public void An_engine_without_a_server_has_nothing_to_help_with() =>
        Assert.That(() => Pipeline.Load(_options with { Engine = "duckdb" }), Throws.TypeOf<ClickpathException>().With.Message.Contains("--engine=duckdb has none"));

    [Test]
    public void A_plan_is_printed_on_request([Values("sqlite", "duckdb", "postgres")] string engine)
    {
        var lines = new List<string>();
        var options = _options with { Engine = engine, Print = lines.Add };
        Load(options);
        new Workbench(options).Plan("bots");

        Assert.That(string.Concat(lines), Does.Match("(?i)scan"));
    }

    private IEngine OpenForLoading(PostgresWarehouse warehouse)
    {
        var engine = warehouse.OpenScratch(fromLast: false);
        engine.ExecuteSchema(File.ReadAllText(Path.Combine(Repository.Sql, "schema", "V001__load_tables.sql")));
        return engine;
    }

    // As one whose machine is switched off.
    private void Die(IFileLoader loader) => Server($"SELECT pg_terminate_backend({((NpgsqlConnection)loader.Engine.Connection).ProcessID}, 10000)");

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
