using System.Text.Json;
using System.Text.RegularExpressions;
using Clickpath.Sample;
using Clickpath.Stages;

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

    [TestCase("order of jo.secret@mail.example is odd", "order of (an e-mail address) is odd")]
    [TestCase("path /reset/eyJhbGciOiJI.eyJzdWIiOiIx.Zm9v has", "path /reset/(a token) has")]
    [TestCase("on https://jo:pa55@shop.example/x", "on https://(a token)@shop.example/x")]
    [TestCase("on shop.example/checkouts/cn/QmVuY2hNYXJrMTIzNDU2Nzg5/thank-you", "on shop.example/checkouts/cn/(a token)/thank-you")]
    [TestCase("1f0e3dad99908345f7439f8ffabdffc4 6ba7b810-9dad-11d1-80b4-00c04fd430c8 413880119.856643393 on shop.example/products/TwelveInchMattress", null)]
    public void A_secret_is_told_of_and_not_repeated(string text, string? expected) => Assert.That(Secrets.Hidden(text), Is.EqualTo(expected ?? text));

    [Test]
    public void A_tag_that_changes_in_the_middle_is_found()
    {
        foreach (var day in Enumerable.Range(1, 10))
        {
            _temp.Write($"events/events_202503{day:00}.csv", "client_id,page_url,referrer,timestamp,event_name,event_data,user_agent\n" + string.Concat(Enumerable.Range(0, 200).Select(i =>
                $"{(day < 7 ? $"{1000000000 + (day * 1000) + i}.{1700000000 + i}" : $"6ba7b810-9dad-11d1-80b4-{(day * 1000) + i:x12}")},https://shop.example/,,2025-03-{day:00}T{i / 10:00}:{i % 10:00}:00Z,page_viewed,,Mozilla\n")));
        }

        var check = Report(Path.Combine(_temp.Path, "events")).GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "client_id_format");
        var findings = check.GetProperty("subjects").EnumerateArray().Where(s => s.GetProperty("passed").ValueKind == JsonValueKind.False).ToList();
        Assert.That(findings, Is.Not.Empty);
        Assert.That(findings.Select(s => s.GetProperty("since").GetString()![..10]), Has.All.EqualTo("2025-03-07"));
    }

    [Test]
    public void One_day_has_nothing_to_be_silent_against_and_a_second_column_of_a_name_is_told()
    {
        _temp.Write("events/events_20250303.csv", "client_id,page_url,Page URL,referrer,timestamp,event_name,event_data,user_agent\n" + string.Concat(Enumerable.Range(0, 400).Where(i => i is < 100 or > 300).Select(i =>
            $"c{i},https://shop.example/,x,,2025-03-03T{i / 20:00}:{i % 20:00}:00Z,page_viewed,,Mozilla\n")));

        var checks = Report(Path.Combine(_temp.Path, "events")).GetProperty("checks").EnumerateArray().ToDictionary(check => check.GetProperty("name").GetString()!);
        Assert.That(checks["silences"].GetProperty("status").GetString(), Is.EqualTo("skipped"));
        Assert.That(checks["unknown_columns"].GetProperty("subjects").EnumerateArray().Select(s => s.GetProperty("subject").GetString()), Is.EqualTo(new[] { "Page URL (a second page_url)" }));
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
