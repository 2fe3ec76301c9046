using System.Text.Json;
using System.Text.RegularExpressions;
using Clickpath.Sample;

namespace Clickpath.Tests.DataQuality;

/// <summary>What the quality stage says of the real export, and of a hostile one.</summary>
public sealed class QualityReportTests
{
    private TempFolder _temp = null!;

    [SetUp]
    public void Make() => _temp = new TempFolder();

    [TearDown]
    public void Remove() => _temp.Dispose();

    [Test]
    public void The_real_export_tells_its_two_weeks_and_nothing_is_critical()
    {
        var report = Report(Repository.RealExport());
        var findings = report.GetProperty("checks").EnumerateArray()
            .SelectMany(check => check.GetProperty("subjects").EnumerateArray().Where(s => s.GetProperty("passed").ValueKind == JsonValueKind.False).Select(s =>
                $"{check.GetProperty("severity").GetString()} {check.GetProperty("name").GetString()} {s.GetProperty("subject").GetString()} {(s.TryGetProperty("since", out var since) ? since.GetString() : "")}".TrimEnd()))
            .Select(finding => Regex.Replace(finding, @"\b(checkout|staging)\.\S+", "$1.shop")) // whose shop it is, is nobody's business here
            .ToList();

        Assert.Multiple(() =>
        {
            Assert.That(findings.Where(f => f.StartsWith("critical", StringComparison.Ordinal)), Is.Empty);
            foreach (var expected in new[]
            {
                "warn missing_optional_columns referrer 2025-03-04", "warn column_names client_id 2025-02-27", "warn client_id_lost path / 2025-03-02 07:00",
                "warn bursts path / 2025-03-02", "warn payload_fields_lost checkout_completed items[].item_price 2025-03-06", "warn silences 2025-03-07 2025-03-07 10:49",
                "warn near_duplicates all events 2025-03-07", "warn client_id_format host checkout.shop 2025-03-05 03:00", "warn referrer_coverage all events 2025-02-28 16:00",
                "warn order_id_collisions order ids 2025-02-26", "warn internal_referrers staging.shop 2025-02-24", "warn automated_checkouts programs 2025-03-04",
            })
            {
                Assert.That(findings, Does.Contain(expected));
            }
        });
    }

    [Test]
    public void What_a_file_says_is_text_in_every_report_and_secrets_are_not_repeated()
    {
        _temp.Write("events/events_20250303.csv",
            "client_id,page_url,referrer,timestamp,event_name,event_data,user_agent,\"<script>alert(1)</script>\"\n"
            + string.Concat(Enumerable.Range(0, 40).Select(i =>
                $"c{i},https://shop.example/?email=jo.secret%40mail.example,,2025-03-03T10:{i:00}:00Z,\"<img src=x onerror=alert(2)>{{x}}\",,Mozilla,\n")));
        Report(Path.Combine(_temp.Path, "events"));

        var html = File.ReadAllText(Path.Combine(_temp.Path, "artifacts", "data_quality", "dq_report.html"));
        var all = html + File.ReadAllText(Path.Combine(_temp.Path, "artifacts", "data_quality", "dq_report.md"))
            + File.ReadAllText(Path.Combine(_temp.Path, "artifacts", "data_quality", "detected_issues_sample.csv"));
        Assert.Multiple(() =>
        {
            Assert.That(html, Does.Not.Contain("<img src=x").And.Not.Contain("<script>alert"));
            Assert.That(html, Does.Contain("&lt;img src=x"));
            Assert.That(all, Does.Contain("e-mail address"));
            Assert.That(all, Does.Not.Contain("jo.secret"));
        });
    }

    [Test]
    public void A_defect_of_several_days_is_one_finding_with_a_span_and_points_at_rows()
    {
        var found = Found("exact_duplicates:4..6", "exact_duplicates");

        Assert.Multiple(() =>
        {
            Assert.That(found.GetProperty("findings").GetArrayLength(), Is.EqualTo(1));
            var finding = found.GetProperty("findings")[0];
            Assert.That(finding.GetProperty("message").GetString(), Does.EndWith("are exact duplicates; they are left out. The same in 2 other files."));
            Assert.That((finding.GetProperty("since").GetString(), finding.GetProperty("until").GetString()), Is.EqualTo(("2025-03-06", "2025-03-08")));
            Assert.That(finding.GetProperty("touched").GetProperty("events").GetInt64(), Is.EqualTo(
                found.GetProperty("subjects").EnumerateArray().Where(s => s.GetProperty("passed").ValueKind == JsonValueKind.False).Sum(s => s.GetProperty("touched").GetProperty("events").GetInt64())));
            Assert.That(Sample().Count(line => line.StartsWith("exact_duplicates,warn,events_2025030", StringComparison.Ordinal)), Is.InRange(10, 20));
        });
    }

    [Test]
    public void The_score_follows_its_formula_in_the_next_run_too()
    {
        SampleShop.Write(new SampleOptions { Folder = Path.Combine(_temp.Path, "events"), Days = 3, EventsPerDay = 100, Defects = ["ragged_rows:2"] });
        double Score(string points)
        {
            using var pipeline = new Pipeline(new PipelineOptions { Events = Path.Combine(_temp.Path, "events"), Artifacts = Path.Combine(_temp.Path, "artifacts"), Sql = Repository.Sql, Parameters = new Dictionary<string, string> { ["warn_points"] = points } });
            pipeline.DataQuality();
            pipeline.Publish();
            return JsonDocument.Parse(File.ReadAllText(Path.Combine(_temp.Path, "artifacts", "data_quality", "dq_report.json"))).RootElement.GetProperty("score").GetDouble();
        }

        Assert.That(Score("10"), Is.GreaterThan(Score("90")));
    }

    [Test]
    public void A_silence_is_told_in_the_reports_time_zone()
    {
        var finding = Found("outage:6", "silences", "Asia/Kolkata").GetProperty("findings")[0];

        Assert.That(finding.GetProperty("since").GetString(), Does.StartWith("2025-03-08 19:").Or.StartWith("2025-03-08 18:"), "14:00 UTC is 19:30 there");
        Assert.That(finding.GetProperty("until").GetString(), Does.StartWith("2025-03-08 22:"), "17:00 UTC is 22:30 there");
    }

    [Test]
    public void Every_finding_has_a_row_in_the_sample()
    {
        SampleShop.Write(new SampleOptions { Folder = Path.Combine(_temp.Path, "events"), Days = 10, EventsPerDay = 500, OrdersPerDay = 24, Defects = ["outage:8", "null_client_ids_on_host:7", "vanished_item_price:9", "bot_flood:6"] });
        var failed = Report(Path.Combine(_temp.Path, "events")).GetProperty("checks").EnumerateArray().Where(check => check.GetProperty("status").GetString() == "fail").Select(check => check.GetProperty("name").GetString()!).ToList();

        Assert.That(Sample().Skip(1).Select(line => line.Split(',')[0]).Distinct(), Is.EquivalentTo(failed));
        Assert.That(Sample(), Has.Some.Matches("^payload_fields_lost,warn,events_20250311.csv,[0-9]+,no items\\[\\].item_price in checkout_completed$"));
    }

    private JsonElement Found(string defect, string check, string zone = "UTC")
    {
        SampleShop.Write(new SampleOptions { Folder = Path.Combine(_temp.Path, "events"), Days = 8, EventsPerDay = 500, OrdersPerDay = 24, Defects = [defect] });
        return Report(Path.Combine(_temp.Path, "events"), zone).GetProperty("checks").EnumerateArray().Single(found => found.GetProperty("name").GetString() == check);
    }

    private string[] Sample() => File.ReadAllLines(Path.Combine(_temp.Path, "artifacts", "data_quality", "detected_issues_sample.csv"));

    private JsonElement Report(string events, string zone = "UTC")
    {
        var artifacts = Path.Combine(_temp.Path, "artifacts");
        using var pipeline = new Pipeline(new PipelineOptions { Events = events, Artifacts = artifacts, Sql = Repository.Sql, TimeZone = zone });
        try
        {
            pipeline.DataQuality();
        }
        catch (ClickpathException) when (pipeline.ExitCode == 2)
        {
            // Without purchases it is critical, and the report is written.
        }

        pipeline.Publish();
        return JsonDocument.Parse(File.ReadAllText(Path.Combine(artifacts, "data_quality", "dq_report.json"))).RootElement;
    }
}
