using System.Globalization;
using System.Text.Json;
using Clickpath.Sample;
using Clickpath.Sample.Shop;

namespace Clickpath.Tests.Sample;

public sealed class SampleShopTests
{
    private TempFolder _temp = null!;

    [SetUp]
    public void Make() => _temp = new TempFolder();

    [TearDown]
    public void Remove() => _temp.Dispose();

    [Test]
    public void The_same_seed_makes_the_same_bytes_and_another_seed_others()
    {
        var options = new SampleOptions { Days = 3 };

        var first = Bytes(options);
        Assert.Multiple(() =>
        {
            Assert.That(Bytes(options), Is.EqualTo(first));
            Assert.That(Bytes(options with { Seed = 2 }), Is.Not.EqualTo(first));
        });
    }

    [Test]
    public void The_committed_sample_is_what_the_generator_writes_and_is_small()
    {
        SampleShop.Write(SampleOptions.Committed with { Folder = Path.Combine(_temp.Path, "sample") });

        Assert.That(Files(Path.Combine(_temp.Path, "sample")), Is.EqualTo(Files(Repository.Sample)), "run ./build.sh --target=Sample");
        Assert.That(Directory.EnumerateFiles(Repository.Sample).Sum(file => new FileInfo(file).Length), Is.LessThan(1_500_000));
    }

    [Test]
    public void The_readme_states_every_defect_of_the_committed_sample()
    {
        var table = File.ReadLines(Path.Combine(Repository.Root, "data", "README.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => $"{cells[3].Trim('`')}:{cells[1].Replace(" to ", "..", StringComparison.Ordinal)}");

        Assert.That(table, Is.EqualTo(SampleOptions.Committed.Defects));
    }

    [Test]
    public void More_days_leave_the_days_before_them_as_they_were()
    {
        var short_ = CsvRows.Of(_temp, new SampleOptions { Days = 2 });
        var long_ = CsvRows.Of(_temp, new SampleOptions { Days = 4 });

        Assert.That(long_.Take(2), Is.EqualTo(short_));
    }

    [TestCase(1, 320)]
    [TestCase(2, 320)]
    [TestCase(3, 3500)]
    public void A_clean_export_is_clean(int seed, int eventsPerDay)
    {
        var days = CsvRows.Of(_temp, new SampleOptions { Seed = seed, EventsPerDay = eventsPerDay, Days = 7 });
        var rows = days.SelectMany(day => day).ToList();
        var orders = rows.Where(row => row["event_name"] == "checkout_completed").Select(row => JsonDocument.Parse(row["event_data"]).RootElement).ToList();
        var last = new Dictionary<string, long>();

        Assert.Multiple(() =>
        {
            Assert.That(rows, Is.All.Matches<Dictionary<string, string>>(row => row.Count == 7 && row.All(cell => cell.Value.Length > 0 || cell.Key is "referrer" or "event_data")));
            Assert.That(rows.Select(row => row.Text()), Is.Unique);
            Assert.That(rows.Select(row => row["timestamp"]), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
            Assert.That(days.Select((day, i) => day.All(row => row["timestamp"].StartsWith($"2025-03-{i + 3:00}T", StringComparison.Ordinal))), Is.All.True);
            Assert.That(rows.Where(row => Ms(row) < 1000 * long.Parse(row["client_id"].Split('-')[0], CultureInfo.InvariantCulture)), Is.Empty, "older than its client");
            Assert.That(rows.Where(row => row["event_data"].Length > 0).Select(row => JsonDocument.Parse(row["event_data"])), Is.Not.Empty);
            Assert.That(orders.Select(order => order.GetProperty("transaction_id").GetString()), Is.Unique);
            Assert.That(orders.Where(order => order.GetProperty("items").EnumerateArray().Sum(item => item.GetProperty("item_price").GetDecimal()) != order.GetProperty("revenue").GetDecimal()), Is.Empty);
            Assert.That(orders.Select(order => order.GetProperty("revenue").GetDecimal()), Is.All.InRange(1m, 20_000m));
            foreach (var row in rows)
            {
                var key = $"{row["client_id"]} {row["event_name"]} {row["page_url"]}";
                if (last.TryGetValue(key, out var before)) Assert.That(Ms(row) - before, Is.GreaterThan(1000), $"again within a second: {key}");
                last[key] = Ms(row);
            }
        });
    }

    [Test]
    public void A_shop_of_the_usual_size_has_the_usual_orders_clients_and_bots()
    {
        var rows = CsvRows.Of(_temp, new SampleOptions { EventsPerDay = 3500 }).SelectMany(day => day).ToList();
        var visitsPerClient = rows.GroupBy(row => row["client_id"]).Select(client => client.Select(row => row["timestamp"][..10]).Distinct().Count()).ToList();
        var bots = rows.Count(row => row["user_agent"].Contains("bot", StringComparison.OrdinalIgnoreCase));
        var hours = rows.CountBy(row => row["timestamp"][11..13]).ToDictionary();

        Assert.Multiple(() =>
        {
            Assert.That(rows, Has.Count.InRange(14 * 3150, 14 * 3850));
            Assert.That(rows.Count(row => row["event_name"] == "checkout_completed") / 14.0, Is.InRange(17, 25), "orders a day");
            Assert.That(visitsPerClient.Count(days => days > 1) / (double)visitsPerClient.Count, Is.InRange(0.05, 0.2), "clients seen on several days");
            Assert.That(bots / (double)rows.Count, Is.InRange(0.04, 0.1));
            Assert.That(hours["20"], Is.GreaterThan(5 * hours["03"]), "the night's trough");
            Assert.That(rows.Select(row => row["user_agent"]).Distinct().Count(), Is.GreaterThan(500));
        });
    }

    [Test]
    public void What_is_kept_in_memory_does_not_grow_with_the_days()
    {
        var shop = new Lumenloft(new SampleOptions { Days = 90, EventsPerDay = 1000, ReturnShare = 0.5 });
        var kept = shop.Days().Select(day => day.Max(_ => shop.KeptCount)).ToList();

        Assert.That(kept.Skip(60).Max(), Is.LessThan(1.3 * kept.Take(30).Max()));
        Assert.That(kept.Max(), Is.LessThan(3000), "a few days' events");
    }

    [Test]
    public void The_knobs_of_benchmarks_turn_what_they_say()
    {
        var plain = Of(new SampleOptions { Days = 4, EventsPerDay = 2000 });

        Assert.Multiple(() =>
        {
            Assert.That(Of(new SampleOptions { Days = 4, EventsPerDay = 2000, OrdersPerDay = 100 }).Orders, Is.EqualTo(400).Within(80));
            Assert.That(Of(new SampleOptions { Days = 4, EventsPerDay = 2000, UrlPadding = 200 }).UrlLength, Is.EqualTo(plain.UrlLength + 200).Within(15));
            Assert.That(Of(new SampleOptions { Days = 4, EventsPerDay = 2000, PagesPerVisit = 4 }).EventsPerClient, Is.GreaterThan(2 * plain.EventsPerClient));
            Assert.That(Of(new SampleOptions { Days = 4, EventsPerDay = 2000, ReturnShare = 0.6 }).EventsPerClient, Is.GreaterThan(1.2 * plain.EventsPerClient));
            Assert.That(Of(new SampleOptions { Days = 4, EventsPerDay = 2000, PagesPerVisit = 4 }).Events, Is.EqualTo(8000).Within(900), "whatever else");
        });

        (int Events, int Orders, double UrlLength, double EventsPerClient) Of(SampleOptions options)
        {
            var rows = CsvRows.Of(_temp, options).SelectMany(day => day).ToList();
            return (rows.Count, rows.Count(row => row["event_name"] == "checkout_completed"), rows.Average(row => row["page_url"].Length), rows.Count / (double)rows.DistinctBy(row => row["client_id"]).Count());
        }
    }

    [Test]
    public void A_folder_with_anything_but_a_sample_is_left_alone()
    {
        var export = _temp.Write("real/events_20250223.csv", "client_id,page_url\nc,https://a.example/\n");

        Assert.That(() => SampleShop.Write(new SampleOptions { Folder = Path.GetDirectoryName(export)! }), Throws.TypeOf<ClickpathException>().With.Message.Contains("events_20250223.csv"));
        Assert.That(File.ReadAllText(export), Does.Contain("a.example"));
    }

    [Test]
    public void A_shorter_sample_replaces_a_longer_one()
    {
        var options = new SampleOptions { Folder = Path.Combine(_temp.Path, "sample"), Days = 3 };
        SampleShop.Write(options);
        SampleShop.Write(options with { Days = 1 });

        Assert.That(Directory.EnumerateFiles(options.Folder).Count(), Is.EqualTo(1));
    }

    [TestCase("revenue_drp", "Did you mean 'revenue_drop'?")]
    [TestCase("revenue_drop:15", "days 1 to 14, 2025-03-03 to 2025-03-16")]
    [TestCase("revenue_drop:2025-04-01", "days 1 to 14")]
    [TestCase("revenue_drop:x", "'x' is no day")]
    [TestCase("revenue_drop:5..3", "no span")]
    public void A_wrong_defect_is_an_error_that_says_what_is_right(string defect, string hint) =>
        Assert.That(() => SampleShop.Write(new SampleOptions { Folder = Path.Combine(_temp.Path, "x"), Defects = [defect] }), Throws.TypeOf<ClickpathException>().With.Message.Contains(hint));

    [Test]
    public void A_wrong_option_is_an_error_that_says_what_is_right() => Assert.Multiple(() =>
    {
        Assert.That(() => Bytes(new SampleOptions { Days = 0 }), Throws.TypeOf<ClickpathException>().With.Message.Contains("1 to 3660"));
        Assert.That(() => Bytes(new SampleOptions { FirstDay = "03.03.2025" }), Throws.TypeOf<ClickpathException>().With.Message.Contains("2025-03-03"));
        Assert.That(() => Bytes(new SampleOptions { OrdersPerDay = 100 }), Throws.TypeOf<ClickpathException>().With.Message.Contains("a tenth"));
    });

    private string Bytes(SampleOptions options)
    {
        var folder = Path.Combine(_temp.Path, Guid.NewGuid().ToString("N"));
        SampleShop.Write(options with { Folder = folder });
        return string.Join('\n', Files(folder).Select(file => $"{file.Key} {file.Value}"));
    }

    private static SortedDictionary<string, string> Files(string folder) => new(
        Directory.EnumerateFiles(folder).ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))), StringComparer.Ordinal);

    private static long Ms(Dictionary<string, string> row) => DateTimeOffset.Parse(row["timestamp"], CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
