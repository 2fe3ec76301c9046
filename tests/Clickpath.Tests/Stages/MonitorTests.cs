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
        Assert.That(Run(day => Day(day, purchases: 10)), Is.Zero);
        Assert.That(Report().GetProperty("date").GetString(), Is.EqualTo("2025-03-14"));
        Assert.That(Alerts(), Is.Empty);
    }

    [Test]
    public void A_day_without_a_purchase_is_critical()
    {
        Assert.That(Run(day => Day(day, purchases: day == 14 ? 0 : 10)), Is.EqualTo(3));
        Assert.That(Report().GetProperty("status").GetString(), Is.EqualTo("FAIL"));
        Assert.That(Alerts(), Does.Contain("critical no_purchases"));
    }

    [Test]
    public void A_file_without_events_after_good_days_is_critical()
    {
        // Without any record data quality would stop the run: this file has one, at no time that can be read.
        Assert.That(Run(day => day == 14 ? "c,https://shop.example/,,yesterday,page_viewed,,Mozilla\n" : Day(day, purchases: 10)), Is.EqualTo(3));
        Assert.That(Alerts(), Does.Contain("critical no_events"));
    }

    [Test]
    public void A_day_without_client_ids_is_told() => Told("null_client_id_rate", Day(14, purchases: 10, withClient: false));

    [Test]
    public void A_day_whose_tag_fires_twice_is_told() => Told("duplicate_rate", Day(14, purchases: 10) + Day(14, purchases: 10));

    [Test]
    public void A_day_whose_payloads_break_is_told() => Told("payload_error_rate", Day(14, purchases: 10) + string.Concat(Enumerable.Range(0, 30).Select(i => Line(14, 700 + i, "z", "cart_viewed", "{broken"))));

    [Test]
    public void A_day_whose_links_lose_their_parameters_is_told() => Told("direct_share", Day(14, purchases: 10, utm: ""));

    [Test]
    public void A_day_with_a_third_of_the_revenue_is_told() => Told("revenue_drop", Day(14, purchases: 10, price: 15));

    private void Told(string check, string lastDay)
    {
        Run(day => day == 14 ? lastDay : Day(day, purchases: 10));
        Assert.That(Alerts().Select(a => a.Split(' ')[1]), Does.Contain(check));
    }

    private int Run(Func<int, string> day)
    {
        for (var d = 1; d <= 14; d++)
            _temp.Write($"export/events_202503{d:00}.csv", "client_id,page_url,referrer,timestamp,event_name,event_data,user_agent\n" + day(d));
        using var pipeline = new Pipeline(new() { Events = Path.Combine(_temp.Path, "export"), Artifacts = Artifacts, Sql = Repository.Sql });
        pipeline.DataQuality();
        pipeline.Transform();
        pipeline.Analyze();
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
            if (visit % 24 == 12 && visit / 24 < purchases)
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
