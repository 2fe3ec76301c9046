using System.Globalization;
using System.Text.Json;
using Clickpath.Engines;
using CsvHelper;

namespace Clickpath.Tests.Stages;

/// <summary>Whole runs, through the public surface.</summary>
public sealed class PipelineTests
{
    private TempFolder _temp = null!;

    private string Artifacts => Path.Combine(_temp.Path, "artifacts");

    [SetUp]
    public void Make() => _temp = new TempFolder();

    [TearDown]
    public void Remove() => _temp.Dispose();

    [Test]
    public void The_sample_gives_the_full_set_of_artifacts()
    {
        Assert.That(Run(Options(Repository.Sample)), Is.Zero);

        var missing = new[]
        {
            "data_quality/dq_report.md", "data_quality/dq_report.json", "data_quality/detected_issues_sample.csv",
            "transform/cleaned_events.parquet", "transform/sessions.parquet", "transform/users.parquet", "transform/orders.parquet",
            "transform/order_items.parquet", "transform/touchpoints.parquet", "transform/purchase_attribution.parquet",
            "analyze/daily_revenue.csv", "analyze/channel_revenue_first_click.csv", "analyze/channel_revenue_last_click.csv",
            "analyze/conversion_rate_by_channel.csv", "analyze/revenue_by_device.csv", "analyze/assisted_vs_direct.csv", "analyze/top_products.csv",
            "analyze/chart_daily_revenue.png", "analyze/chart_top_channels_last.png", "analyze/chart_revenue_by_device.png",
            "analyze/chart_conversion_by_channel.png", "analyze/chart_assisted_vs_direct.png", "analyze/executive_summary.pdf",
            "monitor/monitoring_report.json", "run.json", "clickpath.db",
        }.Where(path => !File.Exists(Path.Combine(Artifacts, path)));
        Assert.That(missing, Is.Empty);
        Assert.That(Json("monitor/monitoring_report.json").GetProperty("alerts").GetArrayLength(), Is.Positive, "a new user sees an alert");
        Assert.That(Json("data_quality/dq_report.json").GetProperty("verdict").GetString(), Is.EqualTo("warn"), "a new user sees findings");
    }

    [Test]
    public void The_real_export_agrees_with_the_independent_calculation_in_every_figure()
    {
        var export = Repository.RealExport();
        Assert.That(Run(Options(export)), Is.Zero);

        AgreesWithOracle(export);
        Assert.That(Json("data_quality/dq_report.json").GetProperty("records").GetProperty("loaded").GetInt64(), Is.EqualTo(49_963));
    }

    [Test]
    public void The_sample_agrees_with_the_independent_calculation_in_every_figure()
    {
        Run(Options(Repository.Sample));

        AgreesWithOracle(Repository.Sample);
    }

    [Test]
    public void Two_runs_write_the_same_bytes()
    {
        Run(Options(Repository.Sample));
        var first = Hashes();
        Run(Options(Repository.Sample) with { Force = true });

        Assert.That(Hashes(), Is.EqualTo(first));
    }

    [TestCase("America/Los_Angeles")]
    [TestCase("Asia/Kolkata")]
    public void Revenue_is_the_same_in_every_time_zone(string timeZone)
    {
        Run(Options(Repository.Sample));
        var inUtc = Total("analyze/daily_revenue.csv");
        Run(Options(Repository.Sample) with { TimeZone = timeZone });

        Assert.That(Total("analyze/daily_revenue.csv"), Is.EqualTo(inUtc));
    }

    [Test]
    public void Later_stages_run_alone_over_the_last_run()
    {
        Run(Options(Repository.Sample));
        var before = Outputs();
        using (var pipeline = new Pipeline(Options(Repository.Sample)))
        {
            pipeline.Analyze();
            pipeline.Publish();
        }

        Assert.That(Outputs(), Is.EqualTo(before));

        // The database has been written to once more; what is in it is IncrementalRunTests' to compare.
        Dictionary<string, string> Outputs() => Hashes().Where(output => output.Key != "clickpath.db").ToDictionary();
    }

    [Test]
    public void A_later_stage_alone_without_an_earlier_run_says_so()
    {
        using var pipeline = new Pipeline(Options(Repository.Sample));

        Assert.That(pipeline.Analyze, Throws.TypeOf<ClickpathException>().With.Message.Contains("no database of an earlier run"));
    }

    [Test]
    public void An_error_leaves_the_last_artifacts_untouched()
    {
        Run(Options(Repository.Sample));
        var before = Hashes();
        var sql = CopyOfSql();
        File.WriteAllText(Path.Combine(sql, "analyze", "daily_revenue.sql"), "-- titel: x\nSELECT 1 AS a");

        Assert.Multiple(() =>
        {
            Assert.That(() => Run(Options(Repository.Sample) with { Sql = sql }), Throws.TypeOf<ClickpathException>().With.Message.StartsWith("sql/analyze/daily_revenue.sql:1: unknown key 'titel'"));
            Assert.That(() => Run(Options(Path.Combine(_temp.Path, "nowhere"))), Throws.TypeOf<ClickpathException>());
            Assert.That(() => Run(Options(Directory.CreateDirectory(Path.Combine(_temp.Path, "empty")).FullName)), Throws.TypeOf<ClickpathException>());
            Assert.That(() => Run(Options(Repository.Sample) with { Database = _temp.Path }), Throws.TypeOf<ClickpathException>().With.Message.Contains("is a folder. Give --database a file"));
            Assert.That(() => Run(Options(Repository.Sample) with { TimeZone = "Europe/Berlinn" }), Throws.TypeOf<ClickpathException>().With.Message.Contains("Did you mean 'Europe/Berlin'?"));
            Assert.That(Hashes(), Is.EqualTo(before));
        });
    }

    [Test]
    public void A_join_that_multiplies_revenue_ends_the_run_with_nothing_published()
    {
        var sql = CopyOfSql();
        var path = Path.Combine(sql, "transform", "purchase_attribution.sql");
        File.WriteAllText(path, File.ReadAllText(path)
            .Replace("-- key: order_key", "-- key: order_key, touch_count", StringComparison.Ordinal)
            .Replace("COALESCE(clicks.touch_count, 0) AS touch_count", "twice.n AS touch_count", StringComparison.Ordinal)
            .Replace("LEFT JOIN clicks ON", "CROSS JOIN (SELECT 1 AS n UNION ALL SELECT 2 AS n) AS twice\nLEFT JOIN clicks ON", StringComparison.Ordinal));

        Assert.That(() => Run(Options(Repository.Sample) with { Sql = sql }), Throws.TypeOf<ClickpathException>().With.Message.Contains("sql/invariants/revenue_is_conserved.sql: invariant broken: revenue by first and last click"));
        Assert.That(Directory.Exists(Artifacts), Is.False);
    }

    [Test]
    public void A_report_is_one_file()
    {
        var sql = CopyOfSql();
        File.WriteAllText(
            Path.Combine(sql, "analyze", "orders_by_hour.sql"),
            "-- title: Orders by hour\n-- description: D\n-- section: Revenue\n-- chart: bar x=hour y=orders\nSELECT hour_of_day AS hour, COUNT(*) AS orders FROM events WHERE event_kind = 'purchase' GROUP BY hour_of_day ORDER BY hour_of_day");
        Run(Options(Repository.Sample) with { Sql = sql });

        Assert.That(File.Exists(Path.Combine(Artifacts, "analyze", "orders_by_hour.csv")));
        Assert.That(File.Exists(Path.Combine(Artifacts, "analyze", "chart_orders_by_hour.png")));
    }

    [Test]
    public void A_file_without_a_required_column_stops_the_run_with_the_report_written()
    {
        _temp.Write("export/events_20250303.csv", "page_url,timestamp,event_name,event_data\nhttps://shop.example/,2025-03-03T10:00:00Z,page_viewed,\n");
        using var pipeline = new Pipeline(Options(Path.Combine(_temp.Path, "export")));

        Assert.That(pipeline.DataQuality, Throws.TypeOf<ClickpathException>().With.Message.Contains("client_id"));
        Assert.That(pipeline.ExitCode, Is.EqualTo(2));
        pipeline.Publish();
        Assert.That(Directory.Exists(Path.Combine(Artifacts, "transform")), Is.False, "what was made ahead");
        Assert.That(File.ReadAllText(Path.Combine(Artifacts, "data_quality", "dq_report.md")), Does.Contain("critical"));
        Assert.That(Json("run.json").GetProperty("exit_code").GetInt32(), Is.EqualTo(2));
    }

    [TestCase("events.sql", "    event_stream.event_id,", "    event_stream.event_id,\n    ABS(event_stream.event_id * 0 - 9223372036854775807 - 1) AS boom,", "overflow")]
    [TestCase("users.sql", "-- export: parquet", "-- export: xml", "export is 'parquet' or 'csv'")]
    [TestCase("users.sql", "-- export: parquet", "-- export: parquet sessions", "writes transform/sessions.parquet already")]
    [TestCase("users.sql", "-- export: parquet", "-- export: parquet\n-- partition: nosuch x", "partition is a column")]
    [TestCase("event_stream.sql", "-- key: client_key, session_number, event_number\n-- cluster: client_key, session_number, event_number", "-- key: event_date\n-- cluster: client_key, session_number, event_number", "key event_date does not identify")]
    public void A_mistake_that_only_later_stages_meet_is_told_by_them_and_not_before_the_report_on_quality(string file, string part, string mistaken, string message)
    {
        var sql = CopyOfSql();
        var text = File.ReadAllText(Path.Combine(sql, "transform", file));
        Assert.That(text, Does.Contain(part));
        File.WriteAllText(Path.Combine(sql, "transform", file), text.Replace(part, mistaken, StringComparison.Ordinal));
        // Large enough that all of it is made, and written, ahead.
        foreach (var sample in Directory.EnumerateFiles(Repository.Sample, "*.csv"))
            _temp.Write($"export/{Path.GetFileName(sample)}", File.ReadAllText(sample).Replace("client_id", "nobody", StringComparison.Ordinal));
        using (var critical = new Pipeline(Options(Path.Combine(_temp.Path, "export")) with { Sql = sql }))
        {
            Assert.That(critical.DataQuality, Throws.TypeOf<ClickpathException>().With.Message.Contains("client_id"));
            critical.Publish();
        }

        Assert.That(Directory.EnumerateFileSystemEntries(Artifacts).Select(Path.GetFileName).Order(StringComparer.Ordinal), Is.EqualTo(new[] { "clickpath.db", "data_quality", "run.json" }));
        using var pipeline = new Pipeline(Options(Repository.Sample) with { Sql = sql });
        pipeline.DataQuality();
        Assert.That(
            () =>
            {
                pipeline.Transform();
                pipeline.Publish();
            },
            Throws.Exception.With.Message.Contains(message));
    }

    [TestCase("client_id,page_url,referrer,timestamp,event_name,event_data,user_agent\nc,https://shop.example/,,2025-03-03T10:00:00Z,page_viewed,,Mozilla\n", TestName = "One_event_without_a_purchase_is_not_an_error_of_the_tool")]
    public void A_small_export_runs(string csv)
    {
        _temp.Write("export/events_20250303.csv", csv);
        using var pipeline = new Pipeline(Options(Path.Combine(_temp.Path, "export")));
        try
        {
            pipeline.DataQuality();
            pipeline.Transform();
            pipeline.Analyze();
            pipeline.Monitor();
        }
        catch (ClickpathException) when (pipeline.ExitCode == 2)
        {
            // nothing was bought in any file: critical, and said so
        }

        pipeline.Publish();
        Assert.That(File.Exists(Path.Combine(Artifacts, "data_quality", "dq_report.md")));
    }

    private static int Run(PipelineOptions options)
    {
        using var pipeline = new Pipeline(options);
        pipeline.DataQuality();
        pipeline.Transform();
        pipeline.Analyze();
        pipeline.Monitor();
        pipeline.Publish();
        return pipeline.ExitCode;
    }

    private PipelineOptions Options(string events) => new() { Events = events, Artifacts = Artifacts, Sql = Repository.Sql, GoesOn = true };

    private string CopyOfSql()
    {
        var target = Path.Combine(_temp.Path, "sql");
        foreach (var file in Directory.EnumerateFiles(Repository.Sql, "*.sql", SearchOption.AllDirectories))
            _temp.Write(Path.Combine("sql", Path.GetRelativePath(Repository.Sql, file)), File.ReadAllText(file));
        return target;
    }

    private JsonElement Json(string path) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Artifacts, path))).RootElement;

    private Dictionary<string, string> Hashes() => Directory.EnumerateFiles(Artifacts, "*", SearchOption.AllDirectories)
        .Where(path => Path.GetFileName(path) != "run.json")
        .ToDictionary(path => Path.GetRelativePath(Artifacts, path), path => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))));

    private decimal Total(string path) => Rows(path).Sum(row => decimal.Parse(row["revenue"], CultureInfo.InvariantCulture));

    private List<IDictionary<string, string>> Rows(string path)
    {
        using var csv = new CsvReader(new StreamReader(Path.Combine(Artifacts, path)), CultureInfo.InvariantCulture);
        return [.. csv.GetRecords<dynamic>().Select(r => (IDictionary<string, object>)r).Select(r => (IDictionary<string, string>)r.ToDictionary(p => p.Key, p => (string)p.Value))];
    }

    private void AgreesWithOracle(string events)
    {
        using var oracle = Oracle.Figures(events);
        Assert.Multiple(() =>
        {
            Compare(oracle, "revenue_by_day", Rows("analyze/daily_revenue.csv").Where(r => r["purchases"] != "0"), "date", "purchases");
            Compare(oracle, "first_click", Rows("analyze/channel_revenue_first_click.csv"), "channel", "purchases");
            Compare(oracle, "last_click", Rows("analyze/channel_revenue_last_click.csv"), "channel", "purchases");
            Compare(oracle, "conversion_type", Rows("analyze/assisted_vs_direct.csv").Where(r => r["purchases"] != "0"), "conversion_type", "purchases");
            using (var engine = new SqliteEngine(Path.Combine(Artifacts, "clickpath.db"), readOnly: true))
                Assert.That(ModelFigures.Lines(engine), Is.EqualTo(ModelFigures.Lines(Oracle.Lines(oracle), engine)));
            Compare(oracle, "revenue_by_device", Rows("analyze/revenue_by_device.csv").Where(r => r["purchases"] != "0"), "device_type", "purchases");
        });
    }

    private static void Compare(JsonDocument oracle, string figure, IEnumerable<IDictionary<string, string>> rows, string key, string count)
    {
        var expected = oracle.RootElement.GetProperty(figure).EnumerateObject().Where(p => p.Value.GetProperty("orders").GetInt64() > 0)
            .ToDictionary(p => p.Name, p => (p.Value.GetProperty("orders").GetInt64(), p.Value.GetProperty("revenue_cents").GetInt64() / 100m));
        var actual = rows.ToDictionary(r => r[key], r => (long.Parse(r[count], CultureInfo.InvariantCulture), decimal.Parse(r["revenue"], CultureInfo.InvariantCulture)));
        Assert.That(actual, Is.EquivalentTo(expected), figure);
    }
}
