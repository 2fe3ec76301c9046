using System.Collections.Concurrent;
using Clickpath.Sample;
using Clickpath.Sample.Defects;
using Clickpath.Sql;

namespace Clickpath.Tests.DataQuality;

/// <summary>Each quality check finds the defects that its header names, on the day on which they were planted.</summary>
public sealed class DefectTests
{
    private static readonly ConcurrentDictionary<string, QualityRun> Runs = new(StringComparer.Ordinal);
    private static readonly TempFolder Scratch = new();
    private static readonly QualityBenchmark Benchmark = new(Repository.Sql, Scratch.Path, Exports);

    // One defect for each check; QualityBenchmark tries them all, over many exports.
    private static SampleOptions Exports => new() { Days = 10, EventsPerDay = 500, OrdersPerDay = 24 };

    public static IEnumerable<TestCaseData> Pairs() => Benchmark.Pairs.GroupBy(pair => pair.Check).Select(pairs => new TestCaseData(pairs.Key, Benchmark.FirstDefectOf(pairs.Key)));

    [OneTimeTearDown]
    public void Remove() => Scratch.Dispose();

    [TestCaseSource(nameof(Pairs))]
    public void A_check_finds_its_defect_on_its_day(string check, string defect)
    {
        var run = Run(defect);
        var found = run.Failed.FirstOrDefault(f => f.Check == check);

        Assert.That(found, Is.Not.Null, $"found instead: {string.Join(", ", run.Failed.Select(f => f.Check))}");
        Assert.That(found!.IsOnDay || Whole.Contains(check), $"not on {run.Day}: {string.Join(" ", found.Findings)}");
        Assert.That(found.Rows, Nowhere.Contains(check) ? Is.Zero : Is.Positive, "rows to look at");
        Assert.That(run.Failed.Where(f => f.Severity == "critical" && f.Check != check && !Benchmark.ChecksOf(defect).Contains(f.Check)), Is.Empty, "nothing else is critical");
    }

    // What is not there has no row: a file's records, a day's purchases, events in a time of silence, an event that vanished.
    private static readonly string[] Nowhere =
    [
        "empty_files", "file_volume", "missing_days", "purchases_by_day", "purchases_present", "records_present", "silences", "vanished_segments",
    ];

    // They speak of the whole export.
    private static readonly string[] Whole = ["one_hit_agents", "bots", "item_price_reading"];

    [TestCase("null_client_ids_on_path", "client_id_lost", "path /products/arc-floor-lamp")]
    [TestCase("null_client_ids_on_host", "client_id_lost", "host checkout.lumenloft.example")]
    [TestCase("client_id_format_drift", "client_id_format", "host checkout.lumenloft.example")]
    [TestCase("null_client_ids", "client_id_lost", "all events")]
    [TestCase("vanished_item_price", "payload_fields_lost", "checkout_completed items[].item_price")]
    [TestCase("vanished_item_price:all", "required_fields", "purchase item price")]
    [TestCase("near_duplicates:all", "near_duplicates", "all events")]
    [TestCase("staging_referrers", "internal_referrers", "staging.lumenloft.example")]
    [TestCase("cards_in_payloads", "personal_payloads", "checkout_completed note")]
    [TestCase("ports_in_page_urls", "format_drift", "page_url: https:// with a port")]
    [TestCase("product_id_format", "format_drift", "product_id: small letters and digits with -")]
    public void A_finding_names_the_segment(string defect, string check, string segment) =>
        Assert.That(Run(defect).Failed.Single(f => f.Check == check).Findings, Has.Some.StartsWith(segment + ":"));

    [Test]
    public void Every_check_is_tested_by_a_defect()
    {
        var checks = SqlCatalog.Read(Repository.Sql, "sqlite", new Dictionary<string, string>()).In(Folder.DataQuality);
        Assert.That(checks.Where(c => c.All("defect").Count == 0).Select(c => c.Name), Is.Empty);
        Assert.That(checks.SelectMany(c => c.All("defect")).Where(d => SampleDefects.Find(d.Split(':')[0]) is null), Is.Empty, "defects that the generator does not know");
    }

    [TestCase("missing_page_url", "missing_required_columns")]
    [TestCase("missing_day", "missing_days")]
    [TestCase("copied_file", "identical_files")]
    [TestCase("client_id_format_drift", "client_id_format")]
    [TestCase("declined_consent", "client_id_lost")]
    [TestCase("http_page_urls", "format_drift")]
    [TestCase("bare_referrers", "format_drift")]
    [TestCase("order_id_format", "format_drift")]
    [TestCase("moved_host:6..10", "moved_hosts")]
    [TestCase("moved_host:6", "moved_hosts")]
    [TestCase("utm_loss:8..10", "utm_coverage_shift")]
    public void One_cause_is_one_warning(string defect, string check) =>
        Assert.That(Run(defect).Failed.Where(f => f.Severity != "info").Select(f => f.Check), Is.EqualTo(new[] { check }));

    [TestCase(21)]
    [TestCase(22)]
    public void A_clean_export_raises_nothing_worth_a_look(int seed) =>
        Assert.That(Benchmark.Run(null, seed).Failed.Where(f => f.Severity != "info").Select(f => $"{f.Check}: {string.Join(" ", f.Findings)}"), Is.Empty);

    private static QualityRun Run(string defect) => Runs.GetOrAdd(defect, name => Benchmark.Run(name, 1));
}
