using Clickpath.Engines;
using Clickpath.Loading;
using Clickpath.Sample;
using Clickpath.Sql;
using Clickpath.Stages;
using Dapper;
using DuckDB.NET.Data;

namespace Clickpath.Tests.Stages;

/// <summary>What every run promises, over exports that nobody has looked at.</summary>
public sealed class GuaranteeTests
{
    private TempFolder _temp = null!;

    private string Export => Path.Combine(_temp.Path, "export");

    [SetUp]
    public void Make() => _temp = new TempFolder();

    [TearDown]
    public void Remove() => _temp.Dispose();

    [Test]
    public void Invariants_hold_and_the_oracle_agrees_on_exports_at_random([Range(1, 16)] int seed)
    {
        new RandomExport(seed).Write(Export);
        Check("UTC");
    }

    [TestCase("America/New_York")] // the clocks change within the export
    [TestCase("Asia/Kolkata")]
    public void Days_in_another_time_zone_agree_too(string timeZone)
    {
        new RandomExport(99).Write(Export);
        Check(timeZone);
    }

    [TestCase("")]
    [TestCase("exact_duplicates:2,null_client_ids:3,renamed_column:2..4,missing_referrer:1")]
    public void Invariants_hold_and_the_oracle_agrees_on_exports_of_the_sample_shop(string defects)
    {
        SampleShop.Write(new SampleOptions { Folder = Export, Seed = 7, Days = 5, EventsPerDay = 400, OrdersPerDay = 12, ReturnShare = 0.5, Defects = [.. defects.Split(',', StringSplitOptions.RemoveEmptyEntries)] });
        Check("UTC");
    }

    [Test]
    public void An_export_of_one_event_has_models_and_keeps_its_promises()
    {
        _temp.Write("export/events_20250303.csv", "client_id,page_url,timestamp,event_name,event_data\nc,https://shop.example/,2025-03-03T10:00:00Z,page_viewed,\n");
        Check("UTC");
    }

    [TestCase("transform/orders.sql", "FROM purchases\n", "FROM purchases\nCROSS JOIN (SELECT 1 AS n UNION ALL SELECT 2 AS n) AS twice\n", "sql/transform/orders.sql:8: key order_key does not identify a row of orders: (")]
    [TestCase("transform/purchase_attribution.sql", "FROM orders\n", "FROM orders\nCROSS JOIN (SELECT 1 AS n UNION ALL SELECT 2 AS n) AS twice\n", "key order_key does not identify a row of purchase_attribution: (")]
    [TestCase("transform/sessions.sql", "WHERE firsts.is_session_start = 1", "WHERE firsts.is_session_start = 1 AND firsts.session_number > 1", "sql/invariants/events_are_conserved.sql: invariant broken: in sessions + outside")]
    [TestCase("transform/event_stream.sql", "FROM numbered\n", "FROM (SELECT * FROM numbered WHERE is_session_start = 1 OR event_number <> 2) AS numbered\n", "sql/invariants/events_are_conserved.sql: invariant broken: kept + duplicates")]
    [TestCase("transform/duplicates.sql", "WHERE copy_number > 1", "WHERE copy_number > 0", "sql/invariants/events_are_conserved.sql: invariant broken: left out as duplicates")]
    [TestCase("transform/attribution_credits.sql", "FROM ranked\n", "FROM ranked\nWHERE model = 'x'\n", "sql/invariants/attribution_is_whole.sql: invariant broken: ")]
    [TestCase("transform/attribution_credits.sql", "order_sign * (floor_cents", "order_sign * (1 + floor_cents", "sql/invariants/attribution_is_whole.sql: invariant broken: ")]
    [TestCase("transform/attribution_credits.sql", "1000000 - CAST(SUM", "999999 - CAST(SUM", "Such as (dimension ")]
    [TestCase("transform/order_items.sql", "        orders.revenue_cents - COALESCE(", "        1 + orders.revenue_cents - COALESCE(", "sql/invariants/revenue_is_conserved.sql: invariant broken: revenue by item")]
    [TestCase("transform/revenue_ledger.sql", "event_kind <> 'purchase' THEN", "event_kind NOT IN ('purchase', 'cart') THEN", "sql/invariants/ledger_adds_up.sql: invariant broken: ")]
    [TestCase("transform/sessions.sql", "firsts.occurred_at_ms AS started_at_ms", "firsts.occurred_at_ms - 100000000000 AS started_at_ms", "sql/invariants/sessions_do_not_overlap.sql: invariant broken: ")]
    [TestCase("analyze/revenue_by_device.sql", "    FROM orders\n", "    FROM orders\n    WHERE event_id % 2 = 0\n", "sql/invariants/reports_agree.sql: invariant broken: revenue_by_device purchases")]
    public void A_breach_ends_the_run_and_names_the_rows(string file, string find, string replace, string message)
    {
        SampleShop.Write(new SampleOptions { Folder = Export, Seed = 3, Days = 3, EventsPerDay = 300, OrdersPerDay = 8, ReturnShare = 0.5, Defects = ["exact_duplicates:2"] });
        foreach (var source in Directory.EnumerateFiles(Repository.Sql, "*.sql", SearchOption.AllDirectories))
            _temp.Write(Path.Combine("sql", Path.GetRelativePath(Repository.Sql, source)), File.ReadAllText(source));
        var path = Path.Combine(_temp.Path, "sql", file);
        var before = File.ReadAllText(path);
        Assert.That(before, Does.Contain(find));
        File.WriteAllText(path, before.Replace(find, replace, StringComparison.Ordinal));
        var artifacts = Path.Combine(_temp.Path, "artifacts");
        using var pipeline = new Pipeline(new PipelineOptions { Events = Export, Artifacts = artifacts, Sql = Path.Combine(_temp.Path, "sql"), FailOn = FailOn.None, GoesOn = true });

        Assert.That(
            () =>
            {
                pipeline.DataQuality();
                pipeline.Transform();
                pipeline.Analyze();
            },
            Throws.TypeOf<ClickpathException>().With.Message.Contains(message).And.Message.Matches(@"Such as \(|\) in \d+ rows"));
        pipeline.Dispose();
        Assert.That(Directory.Exists(artifacts), Is.False);
    }

    [Test]
    public void A_record_lost_on_its_way_into_the_tables_is_a_breach()
    {
        new RandomExport(5).Write(Export);
        using var engine = Load("UTC", out var catalog);
        var check = catalog.In(Folder.Invariants).Single(file => file.Name == "records_are_conserved");
        Assert.That(CheckResult.Run(new SqlRunner(engine, catalog), check).Failed, Is.False);
        engine.Connection.Execute("DELETE FROM raw_events WHERE event_id = (SELECT MIN(event_id) FROM raw_events)");

        Assert.That(CheckResult.Run(new SqlRunner(engine, catalog), check).Failed, Is.True);
    }

    // A shop's dashboards read the files of a day without visits, touches or items with the same statement.
    [Test]
    public void Every_file_has_the_types_in_its_columns_also_where_it_has_no_rows()
    {
        SampleShop.Write(new SampleOptions { Folder = Path.Combine(_temp.Path, "full"), Seed = 3, Days = 3, EventsPerDay = 300, OrdersPerDay = 8, ReturnShare = 0.5 });
        _temp.Write("full/spend.csv", "date,channel,amount\n2025-03-03,Email,10\n");
        _temp.Write("bare/events_20250303.csv", "client_id,page_url,timestamp,event_name,event_data\n,,2025-03-03T10:00:00Z,purchase,\n");
        var (full, bare) = (Types("full"), Types("bare"));

        Assert.That(full, Has.Some.EqualTo("sessions started_at TIMESTAMP WITH TIME ZONE").And.Some.EqualTo("orders revenue DECIMAL(18,2)").And.Some.EqualTo("sessions session_date DATE"));
        Assert.That(bare.Except(full), Is.Empty);
        Assert.That(bare, Has.Length.EqualTo(full.Length));
    }

    private string[] Types(string export)
    {
        var artifacts = Path.Combine(_temp.Path, "artifacts of " + export);
        using (var pipeline = new Pipeline(new PipelineOptions { Events = Path.Combine(_temp.Path, export), Artifacts = artifacts, Sql = Repository.Sql, FailOn = FailOn.None, GoesOn = true }))
        {
            pipeline.DataQuality();
            pipeline.Transform();
            pipeline.Publish();
        }

        using var duckdb = new DuckDBConnection("DataSource=:memory:");
        return [.. Directory.EnumerateFiles(Path.Combine(artifacts, "transform"), "*.parquet").Order(StringComparer.Ordinal).SelectMany(file =>
            duckdb.Query<string>($"SELECT column_name || ' ' || column_type FROM (DESCRIBE FROM read_parquet('{file}'))").Select(column => $"{Path.GetFileNameWithoutExtension(file)} {column}"))];
    }

    private SqliteEngine Load(string timeZone, out SqlCatalog catalog)
    {
        var engine = new SqliteEngine(Path.Combine(_temp.Path, "db"));
        catalog = SqlCatalog.Read(Repository.Sql, engine.Name, new Dictionary<string, string>());
        foreach (var (_, text) in catalog.Schema)
            engine.ExecuteSchema(text);
        Loader.Load(engine, InputFiles.Find(Export), TimeZoneInfo.FindSystemTimeZoneById(timeZone), null, CancellationToken.None);
        return engine;
    }

    private void Check(string timeZone)
    {
        using var engine = Load(timeZone, out var catalog);
        var runner = new SqlRunner(engine, catalog);
        foreach (var model in catalog.Models)
            _ = runner.Make(model).ToList();

        var invariants = catalog.In(Folder.Invariants).Where(file => !catalog.Upstream(file).Any(f => f.Folder == Folder.Analyze)).Select(file => CheckResult.Run(runner, file)).ToList();
        using var oracle = Oracle.Figures(Export, timeZone);
        Assert.Multiple(() =>
        {
            Assert.That(invariants, Has.Count.GreaterThan(4));
            Assert.That(invariants.Where(check => check.Failed).Select(check => check.Subjects.First(s => s.Passed == false).Message), Is.Empty);
            Assert.That(ModelFigures.Lines(engine), Is.EqualTo(ModelFigures.Lines(Oracle.Lines(oracle), engine)));
            Assert.That(engine.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM attribution WHERE credit < 0 OR credit > 1"), Is.Zero);
            Assert.That(engine.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM (SELECT order_key FROM attribution GROUP BY order_key HAVING COUNT(DISTINCT model) <> 7)"), Is.Zero);
            Assert.That(engine.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM users WHERE order_count <> (SELECT COUNT(*) FROM orders WHERE orders.client_key = users.client_key AND session_number IS NOT NULL)"), Is.Zero);
        });
    }
}
