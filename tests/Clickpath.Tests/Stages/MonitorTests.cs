using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Clickpath.Tests.Stages;

/// <summary>Alarms, over small shops that are whole runs.</summary>
public sealed class MonitorTests
{
    private TempFolder _temp = null!;

    private string Artifacts => Path.Combine(_temp.Path, "artifacts");

    [SetUp]
    public void Make() => _temp = new TempFolder();

    [TearDown]
    public void Remove() => _temp.Dispose();

    [Test]
    public void Good_days_raise_nothing()
    {
        Assert.That(Run(day => Day(day, purchases: 20)), Is.Zero);
        Assert.That(Report().GetProperty("date").GetString(), Is.EqualTo("2025-03-14"));
        Assert.That(Alerts(), Is.Empty);
    }

    [Test]
    public void A_day_without_a_purchase_is_critical()
    {
        Assert.That(Run(day => Day(day, purchases: day == 14 ? 0 : 20)), Is.EqualTo(3));
        Assert.That(Report().GetProperty("status").GetString(), Is.EqualTo("FAIL"));
        Assert.That(Alerts(), Does.Contain("critical no_purchases"));
    }

    [Test]
    public void A_file_without_events_after_good_days_is_critical()
    {
        // Without any record data quality would stop the run: this file has one, at no time that can be read.
        Assert.That(Run(day => day == 14 ? "c,https://shop.example/,,yesterday,page_viewed,,Mozilla\n" : Day(day, purchases: 20)), Is.EqualTo(3));
        Assert.That(Alerts(), Does.Contain("critical no_events"));
    }

    [Test]
    public void A_day_without_client_ids_is_told() => Told("null_client_id_rate", Day(14, purchases: 20, withClient: false));

    [Test]
    public void Phones_that_lose_their_client_ids_are_told()
    {
        static string Phones(int day) => string.Concat(Enumerable.Range(0, 80).Select(i => Line(day, 700 + i, day == 14 && i < 40 ? "" : $"{day}-p{i}", "page_viewed", "")
            .Replace("Windows NT 10.0", "iPhone; CPU iPhone OS 18_0 like Mac OS X", StringComparison.Ordinal)));

        Run(day => Day(day, purchases: 20) + Phones(day));
        var alert = Report().GetProperty("alerts").EnumerateArray().Single(a => a.GetProperty("check").GetString() == "null_client_id_by_device");
        Assert.That(alert.GetProperty("subject").GetString(), Is.EqualTo("mobile"));
    }

    [Test]
    public void A_day_whose_tag_fires_twice_is_told() => Told("duplicate_rate", Day(14, purchases: 20) + Day(14, purchases: 20));

    [Test]
    public void A_day_whose_payloads_break_is_told() => Told("payload_error_rate", Day(14, purchases: 20) + string.Concat(Enumerable.Range(0, 30).Select(i => Line(14, 700 + i, "z", "cart_viewed", "{broken"))));

    [Test]
    public void A_day_whose_links_lose_their_parameters_is_told() => Told("direct_share", Day(14, purchases: 20, utm: ""));

    [Test]
    public void A_day_with_a_third_of_the_revenue_is_told() => Told("revenue_drop", Day(14, purchases: 20, price: 15));

    [Test]
    public void The_report_is_what_its_schema_says()
    {
        Run(day => day == 14 ? Day(day, purchases: 0) : Day(day, purchases: 20));
        var schema = Json.Schema.JsonSchema.FromText(File.ReadAllText(Path.Combine(Repository.Sql, "monitor", "monitoring_report.schema.json")));

        var result = schema.Evaluate(Report(), new Json.Schema.EvaluationOptions { OutputFormat = Json.Schema.OutputFormat.List });
        Assert.That(result.IsValid, string.Join("\n", result.Details?.Where(d => d.Errors is not null).Select(d => $"{d.InstanceLocation}: {string.Join("; ", d.Errors!.Values)}") ?? []));
        Assert.That(Report().GetProperty("alerts").GetArrayLength(), Is.Positive);
    }

    [Test]
    public void Below_eight_days_only_what_needs_no_statistics_is_judged()
    {
        Run(day => day > 6 ? null : Day(day, purchases: 20));

        var status = Report().GetProperty("checks").EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!, c => c.GetProperty("status").GetString());
        Assert.That(status["revenue_drop"], Is.EqualTo("insufficient_history"));
        Assert.That(status["no_purchases"], Is.EqualTo("pass"));
    }

    [Test]
    public void Hours_without_an_event_are_told()
    {
        Run(day => string.Concat(Day(day, purchases: 20).Split('\n').Where(line => day != 14 || !SilentHours.Any(line.Contains)).Select(line => line + "\n")));

        Assert.That(Report().GetProperty("alerts").EnumerateArray().Single(a => a.GetProperty("check").GetString() == "silent_hours").GetProperty("message").GetString(),
            Does.StartWith("No event on 2025-03-14 from 9:00 to 12:00"));
    }

    [TestCase("UTC")]
    [TestCase("America/Los_Angeles")]
    [TestCase("Asia/Kolkata")]
    public void In_every_time_zone_good_days_are_good_and_a_cut_day_is_not_judged(string timeZone)
    {
        Assert.That(Run(day => Day(day, purchases: 20), timeZone), Is.Zero);
        Assert.That(Alerts().Where(a => a != "info partial_days"), Is.Empty);
        Assert.That(Report().GetProperty("date").GetString(), Is.EqualTo(timeZone == "America/Los_Angeles" ? "2025-03-13" : "2025-03-14"));
    }

    [Test]
    public void A_known_event_is_muted_and_left_out_of_what_is_usual()
    {
        var sql = WithKnown("('2025-03-14', '2025-03-14', 'sessions', 'mute', 'Sale'), ('2025-03-14', '2025-03-14', 'events', 'annotate', 'Example')");
        string Busy(int day) => Day(day, purchases: 20) + (day == 14 ? Day(15, purchases: 0).Replace("2025-03-15", "2025-03-14", StringComparison.Ordinal) + Day(16, purchases: 0).Replace("2025-03-16", "2025-03-14", StringComparison.Ordinal) : "");

        Run(Busy);
        Assert.That(Alerts(), Does.Contain("warn visits").And.Contain("warn event_volume"));
        Run(Busy, sql: sql);
        Assert.That(Alerts(), Does.Not.Contain("warn visits").And.Contain("warn event_volume"));
        Assert.That(Report().GetProperty("alerts").EnumerateArray().First(a => a.GetProperty("check").GetString() == "event_volume").GetProperty("known_event").GetString(), Does.StartWith("Example"));
    }

    [Test]
    public void Metrics_of_days_that_left_the_export_are_kept_and_loaded_days_replace_theirs()
    {
        Run(day => day > 3 ? null : Day(day, purchases: 20));
        File.Delete(Path.Combine(_temp.Path, "export", "events_20250301.csv"));
        Run(day => day is 1 or > 3 ? null : Day(day, purchases: day == 2 ? 10 : 20), force: true);

        using var engine = new Clickpath.Engines.SqliteEngine(Path.Combine(Artifacts, "clickpath.db"), readOnly: true);
        Assert.That(
            Loading.LoadedExport.Rows(engine, "SELECT event_date, numerator FROM metric_history WHERE metric = 'orders' AND segment_kind = 'all' ORDER BY event_date"),
            Is.EqualTo(new[] { "2025-03-01|20", "2025-03-02|10", "2025-03-03|20" }));
    }

    [Test]
    public void An_hour_that_the_clock_skips_is_no_silence_and_one_without_events_is()
    {
        // Ten UTC is two in the night in Los Angeles, where the clock goes from two to three on 2025-03-09.
        static string Busy(int day, int hour) => Day(day, purchases: 20) + string.Concat(Enumerable.Range(0, 30).Select(i => Line(day, (hour * 60) + (2 * i), $"{day}-n{i}", "page_viewed", "")));
        const string Los = "America/Los_Angeles";

        Run(day => day > 10 ? null : Busy(day, 10), Los);
        Assert.That(Report().GetProperty("date").GetString(), Is.EqualTo("2025-03-09"));
        Assert.That(Report().GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("name").GetString() == "silent_hours").GetProperty("status").GetString(), Is.EqualTo("pass"));

        // Five in the morning is thirteen UTC before that day and twelve on it.
        Run(day => day > 10 ? null : string.Concat(Busy(day, 13).Split('\n').Where(line => day != 9 || !line.Contains("T12:", StringComparison.Ordinal)).Select(line => line + "\n")), Los);
        Assert.That(Report().GetProperty("alerts").EnumerateArray().Single(a => a.GetProperty("check").GetString() == "silent_hours").GetProperty("message").GetString(),
            Does.StartWith("No event on 2025-03-09 from 5:00 to 6:00"));
    }

    [Test]
    public void A_known_outage_is_muted_where_no_statistics_are_asked_too()
    {
        static string Out(int day) => string.Concat(Day(day, purchases: day == 14 ? 0 : 20).Split('\n').Where(line => day != 14 || !SilentHours.Any(line.Contains)).Select(line => line + "\n"));

        Run(Out);
        Assert.That(Alerts(), Does.Contain("critical no_purchases").And.Contain("critical silent_hours"));
        Assert.That(Run(Out, sql: WithKnown("('2025-03-14', '2025-03-14', 'all', 'mute', 'Moving house')")), Is.Zero);
        Assert.That(Alerts().Where(a => a != "info run_checks"), Is.Empty);
    }

    [TestCase("('2025-03-14', '2025-03-14', 'visits', 'mute', 'No such metric')")]
    [TestCase("('2025-03-14', '2025-03-14', 'sessions', 'silence', 'No such effect')")]
    [TestCase("('2025-03-14', '2025-03-13', 'sessions', 'mute', 'Ends before it starts')")]
    [TestCase("('14.03.2025', '14.03.2025', 'sessions', 'mute', 'No such day')")]
    public void A_known_event_that_means_nothing_is_told(string row)
    {
        Run(day => Day(day, purchases: 20), sql: WithKnown(row));
        Assert.That(Alerts(), Is.EqualTo(new[] { "warn known_events_apply" }));
    }

    [Test]
    public void What_quality_checks_found_to_begin_today_is_said()
    {
        Run(day => Day(day, purchases: 20, withClient: day != 14));
        Assert.That(Alerts(), Does.Contain("info run_checks"));
    }

    [Test]
    public void A_drop_to_where_the_backtest_finds_it_is_raised_and_one_within_the_range_is_not()
    {
        static string Visits(int day, long count) => string.Concat(Day(day, purchases: 20).Split('\n').Where(line => line.Contains("checkout", StringComparison.Ordinal)).Select(line => line + "\n"))
            + string.Concat(Enumerable.Range(0, (int)count - 20).Select(i => Line(day, i * 1440 / (int)count, $"{day}-v{i}", "page_viewed", "")));
        // Days differ, or the least change would decide.
        static long Usual(int day) => 240 + (60 * (day % 3));

        Run(day => Visits(day, Usual(day)));
        var row = File.ReadLines(Path.Combine(Artifacts, "monitor", "backtest.csv")).Single(line => line.StartsWith("visits,", StringComparison.Ordinal)).Split(',');
        var found = long.Parse(row[6], CultureInfo.InvariantCulture);
        var low = (long)Report().GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("name").GetString() == "visits").GetProperty("subjects")[0].GetProperty("low").GetDouble();
        Assert.That(found, Is.GreaterThan(20).And.LessThan(low));

        Run(day => Visits(day, day == 14 ? found : Usual(day)));
        Assert.That(Alerts(), Does.Contain("warn visits").Or.Contain("critical visits"));
        Run(day => Visits(day, day == 14 ? (low + Usual(14)) / 2 : Usual(day)));
        Assert.That(Alerts(), Does.Not.Contain("warn visits"));
    }

    private string WithKnown(string row)
    {
        var sql = Path.Combine(_temp.Path, "sql");
        foreach (var file in Directory.EnumerateFiles(Repository.Sql, "*.sql", SearchOption.AllDirectories))
            _temp.Write(Path.Combine("sql", Path.GetRelativePath(Repository.Sql, file)), File.ReadAllText(file));
        var known = Path.Combine(sql, "reference", "known_events.sql");
        File.WriteAllText(known, File.ReadAllText(known).Replace("        ('2000-01-01'", $"        {row},\n        ('2000-01-01'", StringComparison.Ordinal));
        return sql;
    }

    private static readonly string[] SilentHours = ["T09:", "T10:", "T11:"];

    private void Told(string check, string lastDay)
    {
        Run(day => day == 14 ? lastDay : Day(day, purchases: 20));
        Assert.That(Alerts().Select(a => a.Split(' ')[1]), Does.Contain(check));
    }

    private int Run(Func<int, string?> day, string timeZone = "UTC", string? sql = null, bool force = false)
    {
        foreach (var (d, events) in Enumerable.Range(1, 14).Select(d => (d, day(d))).Where(d => d.Item2 is not null))
            _temp.Write($"export/events_202503{d:00}.csv", "client_id,page_url,referrer,timestamp,event_name,event_data,user_agent\n" + events);
        using var pipeline = new Pipeline(new() { Events = Path.Combine(_temp.Path, "export"), Artifacts = Artifacts, Sql = sql ?? Repository.Sql, TimeZone = timeZone, Force = force });
        try
        {
            pipeline.DataQuality();
        }
        catch (ClickpathException) when (pipeline.ExitCode == 2)
        {
            // Monitoring alone is asked here.
        }

        pipeline.Monitor();
        pipeline.Publish();
        return pipeline.ExitCode;
    }

    // 240 visits over the day, every second of them by a campaign.
    private static string Day(int day, int purchases, bool withClient = true, string utm = "?utm_source=news", int price = 50)
    {
        var text = new StringBuilder();
        for (var visit = 0; visit < 240; visit++)
        {
            var client = withClient ? $"{day}-{visit}" : "";
            text.Append(Line(day, visit * 6, client, "page_viewed", "", visit % 2 == 0 ? utm : ""));
            if (visit % 12 == 6 && visit / 12 < purchases)
                text.Append(Line(day, (visit * 6) + 3, client, "checkout_completed", $$"""{"transaction_id":"{{day}}-{{visit}}","revenue":{{price + (visit % 7)}}}"""));
        }

        return text.ToString();
    }

    private static string Line(int day, int minute, string client, string name, string payload, string query = "") => string.Create(
        CultureInfo.InvariantCulture,
        $"{client},https://shop.example/{query},,2025-03-{day:00}T{minute / 60:00}:{minute % 60:00}:00Z,{name},\"{payload.Replace("\"", "\"\"", StringComparison.Ordinal)}\",Mozilla/5.0 (Windows NT 10.0)\n");

    private JsonElement Report() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Artifacts, "monitor", "monitoring_report.json"))).RootElement;

    private List<string> Alerts() => [.. Report().GetProperty("alerts").EnumerateArray().Select(a => $"{a.GetProperty("severity").GetString()} {a.GetProperty("check").GetString()}")];
}
