using System.Text.Json;

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
            .ToList();

        Assert.Multiple(() =>
        {
            Assert.That(findings.Where(f => f.StartsWith("critical", StringComparison.Ordinal)), Is.Empty);
            foreach (var expected in new[]
            {
                "warn missing_optional_columns referrer 2025-03-04", "warn column_names client_id 2025-02-27", "warn client_id_lost path / 2025-03-02 07:00",
                "warn bursts path / 2025-03-02", "warn payload_fields_lost checkout_completed items[].item_price 2025-03-06", "warn silences 2025-03-07 2025-03-07 10:49 UTC",
                "warn near_duplicates all events 2025-03-07", "warn client_id_format host checkout.puffy.com 2025-03-05 03:00", "warn referrer_coverage all events 2025-02-28 16:00",
                "warn order_id_collisions order ids 2025-02-26", "warn internal_referrers staging.puffy.com 2025-02-24", "warn automated_checkouts programs 2025-03-04",
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

    private JsonElement Report(string events)
    {
        var artifacts = Path.Combine(_temp.Path, "artifacts");
        using var pipeline = new Pipeline(new PipelineOptions { Events = events, Artifacts = artifacts, Sql = Repository.Sql });
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
