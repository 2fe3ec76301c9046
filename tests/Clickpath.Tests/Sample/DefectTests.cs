using System.Globalization;
using System.Text.Json;
using Clickpath.Sample;
using Clickpath.Sample.Defects;

namespace Clickpath.Tests.Sample;

/// <summary>Each defect changes what it says, and nothing else.</summary>
public sealed class DefectTests
{
    private const int Day = 4;

    private static readonly SampleOptions Options = new() { Days = 5, Seed = 3 };

    // What a defect changes on its day, and the share of the day's rows that it strikes, from and to, in percent.
    private static readonly (string Name, string Effect, double From, double To)[] Expectations =
    [
        ("missing_client_id", "columns -client_id", 100, 100), ("missing_page_url", "columns -page_url", 100, 100), ("missing_referrer", "columns -referrer", 100, 100),
        ("missing_timestamp", "columns -timestamp", 100, 100), ("missing_event_name", "columns -event_name", 100, 100), ("missing_event_data", "columns -event_data", 100, 100),
        ("missing_user_agent", "columns -user_agent", 100, 100), ("renamed_column", "columns -client_id +clientId", 100, 100), ("replaced_client_id", "columns -client_id +visitor", 100, 100),
        ("replaced_user_agent", "columns -user_agent +browser", 100, 100), ("added_column", "columns +consent_state", 100, 100), ("reordered_columns", "columns", 0, 0),
        ("missing_day", "file", 0, 0), ("empty_file", "file", 0, 0), ("header_only_file", "removes", 100, 100), ("copied_file", "file", 0, 0), ("overlapping_content", "adds", 15, 40),
        ("truncated_record", "file", 0, 0), ("invalid_utf8", "changes page_url", 0.3, 6), ("byte_order_mark", "columns", 0, 0),
        ("exact_duplicates", "adds", 2, 9), ("ragged_rows", "file", 0, 0), ("broken_quoting", "file", 0, 0),
        ("bad_timestamps", "changes timestamp", 1, 8), ("future_timestamps", "changes timestamp", 0.3, 5), ("foreign_rows", "reorders timestamp", 1, 8),
        ("unreadable_timestamps", "changes timestamp", 100, 100), ("zoneless_timestamps", "changes timestamp", 100, 100),
        ("unordered_timestamps", "reorders", 0, 0), ("clock_skew", "changes client_id", 2, 25),
        ("volume_drop", "removes", 45, 75), ("volume_surge", "adds", 180, 200), ("outage", "removes", 8, 30), ("cut_day", "removes", 50, 85), ("late_start", "removes", 15, 50),
        ("doubled_tag", "adds", 20, 60), ("second_tag_without_id", "adds", 20, 60), ("near_duplicates", "adds", 2, 9),
        ("null_client_ids", "changes client_id", 22, 38), ("declined_consent", "changes client_id", 30, 70), ("null_client_ids_on_path", "changes client_id", 1, 15), ("null_client_ids_on_host", "changes client_id", 8, 35),
        ("client_id_format_drift", "changes client_id", 8, 35), ("one_hit_clients", "changes client_id", 10, 60),
        ("bad_payloads", "changes event_data", 0.3, 3), ("single_quoted_payloads", "changes event_data", 2, 10), ("empty_payloads", "changes event_data", 1.5, 8),
        ("missing_transaction_id", "changes event_data", 1.5, 8), ("missing_revenue", "changes event_data", 1.5, 8), ("missing_currency", "changes event_data", 1.5, 8),
        ("missing_items", "changes event_data", 1.5, 8), ("missing_user_email", "changes event_data", 1.5, 8), ("null_revenue", "changes event_data", 0.3, 5),
        ("vanished_item_price", "changes event_data", 1.5, 8), ("vanished_field", "changes event_data", 1.5, 8),
        ("unknown_event_name", "adds", 1, 8), ("renamed_event", "changes event_name", 8, 30), ("respelt_event", "changes event_name", 3, 14), ("vanished_event", "removes", 8, 30),
        ("null_event_names", "changes event_name", 1, 8), ("null_page_urls", "changes page_url", 2, 9), ("null_user_agents", "changes user_agent", 8, 30),
        ("vanished_purchases", "removes", 1.5, 8),
        ("zero_revenue", "changes event_data", 0.3, 4), ("negative_revenue", "changes event_data", 0.3, 4), ("infinite_revenue", "changes event_data", 0.2, 0.5),
        ("implausible_revenue", "changes event_data", 0.2, 0.5), ("revenue_in_cents", "changes event_data", 1.5, 8), ("item_price_misfit", "changes event_data", 0.3, 4),
        ("unit_item_prices", "changes event_data", 0.2, 4), ("mixed_currency", "changes event_data", 0.3, 4), ("replayed_orders", "adds", 0.5, 5), ("double_orders", "adds", 0.5, 5),
        ("colliding_order_ids", "changes event_data", 0.2, 4), ("revenue_drop", "removes", 0.5, 5), ("discounted_orders", "changes event_data", 1.5, 8),
        ("checkouts_without_carts", "removes", 3, 18), ("purchases_without_checkouts", "removes", 1, 8), ("confirmation_without_purchase", "removes", 0.6, 4),
        ("purchases_without_confirmation", "removes", 0.6, 4), ("conversion_drop", "removes", 1.5, 8), ("broken_checkout_on_device", "removes", 3, 30),
        ("utm_loss", "changes page_url", 15, 60), ("conflicting_utm", "changes page_url", 3, 30), ("click_ids_without_utm", "changes page_url", 3, 30),
        ("self_referrals", "changes referrer", 10, 50), ("staging_referrers", "changes referrer", 1, 15), ("opaque_referrers", "changes referrer", 15, 60),
        ("null_referrers", "changes referrer", 40, 90), ("referrer_loss_within_day", "changes referrer", 25, 75), ("channel_drop", "removes", 2, 20),
        ("bot_flood", "adds", 69, 70), ("unmarked_bot_flood", "adds", 69, 70), ("headless_buyers", "changes user_agent", 8, 60),
        ("emails_in_urls", "changes page_url", 0.5, 6), ("phones_in_urls", "changes page_url", 0.5, 6), ("cards_in_urls", "changes page_url", 0.5, 6), ("tokens_in_urls", "changes page_url", 0.5, 6),
        ("unhashed_referrers", "changes page_url,referrer", 40, 100), ("emails_in_referrers", "changes referrer", 0.3, 6), ("cards_in_payloads", "changes event_data", 0.3, 4), ("raw_emails", "changes event_data", 0.3, 4),
        ("http_page_urls", "changes page_url", 100, 100), ("relative_page_urls", "changes page_url", 60, 95), ("ports_in_page_urls", "changes page_url", 60, 95), ("moved_host", "changes page_url", 60, 95),
        ("slashes_after_paths", "changes page_url", 30, 80), ("bare_referrers", "changes referrer", 30, 90), ("cut_user_agents", "changes user_agent", 60, 100),
        ("capital_event_names", "changes event_name", 8, 30), ("order_id_format", "changes event_data", 1.5, 8), ("product_id_format", "changes event_data", 1.5, 8),
        ("currency_symbols", "changes event_data", 1.5, 8),
    ];

    private TempFolder _temp = null!;
    private string[] _clean = null!;

    [OneTimeSetUp]
    public void Make()
    {
        _temp = new TempFolder();
        _clean = Written();
    }

    [OneTimeTearDown]
    public void Remove() => _temp.Dispose();

    [Test]
    public void Every_defect_is_expected_below() =>
        Assert.That(Expectations.Select(expected => expected.Name), Is.EquivalentTo(SampleDefects.All.Select(defect => defect.Name)));

    [Test]
    public void A_defect_has_a_name_for_command_lines_and_a_day_within_the_export() => Assert.Multiple(() =>
    {
        Assert.That(SampleDefects.All, Is.All.Matches<SampleDefect>(defect => defect.Name.All(letter => letter is '_' or (>= 'a' and <= 'z') or (>= '0' and <= '9')) && defect.Description.Length is > 10 and < 140));
        Assert.That(SampleDefects.All.SelectMany(defect => Enumerable.Range(1, 60).Where(days => PlantedDefect.Parse(defect.Name, Options with { Days = days }) is var planted && (planted.From < 1 || planted.To > days))), Is.Empty);
    });

    [TestCaseSource(nameof(Cases))]
    public void A_defect_changes_what_it_says_and_nothing_else(string name, string effect, double from, double to)
    {
        var files = Written($"{name}:{Day}");
        var day = files.SingleOrDefault(file => Path.GetFileName(file) == Path.GetFileName(_clean[Day - 1]));

        var others = _clean.Where((_, i) => i != Day - 1).ToArray();
        Assert.That(files.Where(file => file != day).Select(File.ReadAllText), Is.EqualTo(others.Select(File.ReadAllText)), "other days");
        if (day is null)
        {
            Assert.That(effect, Is.EqualTo("file"));
            return;
        }

        Assert.That(File.ReadAllBytes(day), Is.Not.EqualTo(File.ReadAllBytes(_clean[Day - 1])), "it changes something");
        if (effect == "file") return;

        var (before, after) = (CsvRows.Read(_clean[Day - 1]), CsvRows.Read(day));
        var struck = effect.Split(' ')[0] switch
        {
            "columns" => Columns(before, after, effect.Split(' ')[1..]),
            "changes" => Changed(before, after, effect.Split(' ')[1]),
            "reorders" => Changed(ByAllBut(before, effect), ByAllBut(after, effect), effect.Split(' ').ElementAtOrDefault(1) ?? ""),
            "adds" => Added(before, after),
            "removes" => Added(after, before),
            _ => throw new ArgumentException(effect),
        };
        Assert.That(100.0 * struck / before.Count, Is.InRange(from, to), "percent of the day's rows");
    }

    [Test]
    public void A_span_strikes_each_of_its_days() =>
        Assert.That(Written("renamed_column:2..4").Select(file => File.ReadLines(file).First().Split(',')[0]), Is.EqualTo(new[] { "client_id", "clientId", "clientId", "clientId", "client_id" }));

    [Test]
    public void A_date_is_a_day() =>
        Assert.That(Written("exact_duplicates:2025-03-06").Select(File.ReadAllText), Is.EqualTo(Written("exact_duplicates:4").Select(File.ReadAllText)));

    [Test]
    public void Two_defects_of_a_day_both_strike()
    {
        var file = Written($"renamed_column:{Day}", $"null_referrers:{Day}")[Day - 1];

        Assert.That(CsvRows.Read(file), Is.All.Matches<Dictionary<string, string>>(row => row.ContainsKey("clientId") && row["referrer"].Length == 0));
    }

    [Test]
    public void Defects_of_rows_can_be_planted_together_in_any_order() => Assert.Multiple(() =>
    {
        var names = SampleDefects.All.Where(defect => defect.Rows is not null).Select(defect => $"{defect.Name}:{Day}").ToList();
        Assert.That(() => Written([.. names]), Throws.Nothing);
        Assert.That(() => Written([.. names.AsEnumerable().Reverse()]), Throws.Nothing);
    });

    [Test]
    public void Revenue_in_cents_is_a_hundred_times_the_revenue_and_prices()
    {
        var (before, after) = (Orders(_clean[Day - 1]), Orders(Written($"revenue_in_cents:{Day}")[Day - 1]));

        Assert.That(after.Select(Revenue), Is.EqualTo(before.Select(order => 100 * Revenue(order))));
        Assert.That(after.Select(Lines), Is.EqualTo(before.Select(order => 100 * Lines(order))));
    }

    [Test]
    public void Replayed_orders_repeat_id_and_payload_and_double_orders_only_customer_and_amount() => Assert.Multiple(() =>
    {
        var replayed = Orders(Written($"replayed_orders:{Day}")[Day - 1]).Select(order => order.GetRawText()).ToList();
        Assert.That(replayed.Distinct().Count(), Is.LessThan(replayed.Count));
        Assert.That(replayed.Distinct(), Is.EquivalentTo(Orders(_clean[Day - 1]).Select(order => order.GetRawText())));

        var doubled = Orders(Written($"double_orders:{Day}")[Day - 1]);
        Assert.That(doubled.Select(Id), Is.Unique);
        Assert.That(doubled.GroupBy(order => (order.GetProperty("user_email").GetString(), Revenue(order))).Count(orders => orders.Count() == 2), Is.Positive);
    });

    [Test]
    public void Colliding_orders_share_an_id_and_differ_in_the_rest()
    {
        var orders = Orders(Written($"colliding_order_ids:{Day}")[Day - 1]);

        Assert.That(orders.GroupBy(Id).Where(same => same.Count() > 1).SelectMany(same => same.Select(order => order.GetRawText())), Is.Unique.And.Not.Empty);
    }

    [TestCase("revenue_drop", 0.3)]
    [TestCase("conversion_drop", 0.5)]
    [TestCase("discounted_orders", 0.4)]
    public void A_drop_is_as_large_as_it_says(string name, double share)
    {
        var options = Options with { EventsPerDay = 5000, OrdersPerDay = 60 };
        var (before, after) = (Orders(Written(options)[Day - 1]), Orders(Written(options, $"{name}:{Day}")[Day - 1]));

        var drop = name == "conversion_drop" ? 1 - (after.Count / (double)before.Count) : 1 - (double)(after.Sum(Revenue) / before.Sum(Revenue));
        Assert.That(drop, Is.EqualTo(share).Within(0.02));
    }

    [Test]
    public void Lost_orders_lose_their_confirmation_page_and_nothing_of_others()
    {
        var rows = CsvRows.Read(Written($"conversion_drop:{Day}")[Day - 1]);

        Assert.That(
            rows.Where(row => row["event_name"] == "page_viewed" && row["page_url"].EndsWith("/thank-you", StringComparison.Ordinal)).Select(row => row["page_url"]),
            Is.EquivalentTo(rows.Where(row => row["event_name"] == "checkout_completed").Select(row => row["page_url"])));
    }

    [Test]
    public void Half_of_a_channel_is_half_of_it_and_nothing_of_others()
    {
        var options = Options with { EventsPerDay = 5000 };
        var (before, after) = (CsvRows.Read(Written(options)[Day - 1]), CsvRows.Read(Written(options, $"channel_drop:{Day}")[Day - 1]));

        Assert.That(Landings(after, "cpc") / (double)Landings(before, "cpc"), Is.EqualTo(0.55).Within(0.12), "with Bing's, which stay");
        Assert.That(Landings(after, "email"), Is.EqualTo(Landings(before, "email")));

        static int Landings(List<Dictionary<string, string>> rows, string medium) => rows.Count(row => row["page_url"].Contains($"utm_medium={medium}&", StringComparison.Ordinal));
    }

    [Test]
    public void A_near_duplicate_is_the_same_client_event_and_page_within_a_second()
    {
        var rows = CsvRows.Read(Written($"near_duplicates:{Day}")[Day - 1]);
        var again = rows.GroupBy(row => (row["client_id"], row["event_name"], row["page_url"])).Where(same => same.Count() > 1)
            .SelectMany(same => same.Zip(same.Skip(1), (a, b) => Time(b) - Time(a))).Count(gap => gap > TimeSpan.Zero && gap < TimeSpan.FromSeconds(1));

        Assert.That(again, Is.GreaterThanOrEqualTo(rows.Count - CsvRows.Read(_clean[Day - 1]).Count));
    }

    [Test]
    public void A_skewed_clock_makes_the_client_younger_than_its_event()
    {
        var rows = CsvRows.Read(Written($"clock_skew:{Day}")[Day - 1]);

        Assert.That(rows.Count(row => long.Parse(row["client_id"].Split('-')[0], CultureInfo.InvariantCulture) > Time(row).ToUnixTimeSeconds()), Is.Positive);
    }

    [Test]
    public void Python_payloads_have_single_quotes_and_no_json()
    {
        var payloads = CsvRows.Read(Written($"single_quoted_payloads:{Day}")[Day - 1]).Select(row => row["event_data"]).Where(payload => payload.Length > 0).ToList();

        Assert.That(payloads, Is.All.StartsWith("{'"));
        Assert.That(payloads, Has.Some.Contains("'items': [{'item_id': '"));
    }

    private static IEnumerable<TestCaseData> Cases() => Expectations.Select(expected => new TestCaseData(expected.Name, expected.Effect, expected.From, expected.To).SetArgDisplayNames(expected.Name));

    private string[] Written(params string[] defects) => Written(Options, defects);

    private string[] Written(SampleOptions options, params string[] defects)
    {
        var folder = Path.Combine(_temp.Path, Guid.NewGuid().ToString("N"));
        SampleShop.Write(options with { Folder = folder, Defects = defects });
        return [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)];
    }

    private static int Columns(List<Dictionary<string, string>> before, List<Dictionary<string, string>> after, string[] changes)
    {
        var gone = changes.Where(change => change[0] == '-').Select(change => change[1..]).ToList();
        var come = changes.Where(change => change[0] == '+').Select(change => change[1..]).ToList();
        Assert.That(after[0].Keys, Is.EquivalentTo(before[0].Keys.Except(gone).Concat(come)));
        Assert.That(
            after.Select(row => string.Join('|', row.Where(cell => !come.Contains(cell.Key)).OrderBy(cell => cell.Key, StringComparer.Ordinal))),
            Is.EqualTo(before.Select(row => string.Join('|', row.Where(cell => !gone.Contains(cell.Key)).OrderBy(cell => cell.Key, StringComparer.Ordinal)))));
        return changes.Length == 0 ? 0 : before.Count;
    }

    private static int Changed(List<Dictionary<string, string>> before, List<Dictionary<string, string>> after, string column)
    {
        Assert.That(after.Select(row => Without(row, column)), Is.EqualTo(before.Select(row => Without(row, column))), $"all but {column}");
        return column.Length == 0 ? 0 : before.Zip(after).Count(pair => column.Split(',').Any(name => pair.First[name] != pair.Second[name]));
    }

    // The rows of one side, with further rows between them.
    private static int Added(List<Dictionary<string, string>> fewer, List<Dictionary<string, string>> more)
    {
        var next = 0;
        foreach (var row in more)
        {
            if (next < fewer.Count && row.Text() == fewer[next].Text()) next++;
        }

        Assert.That(next, Is.EqualTo(fewer.Count), "rows that are there with and without the defect");
        return more.Count - fewer.Count;
    }

    private static List<Dictionary<string, string>> ByAllBut(List<Dictionary<string, string>> rows, string effect) =>
        [.. rows.OrderBy(row => Without(row, effect.Split(' ').ElementAtOrDefault(1) ?? ""), StringComparer.Ordinal)];

    private static string Without(Dictionary<string, string> row, string column) => string.Join('|', row.Where(cell => !column.Split(',').Contains(cell.Key)).Select(cell => cell.Value));

    private static List<JsonElement> Orders(string file) =>
        [.. CsvRows.Read(file).Where(row => row["event_name"] == "checkout_completed").Select(row => JsonDocument.Parse(row["event_data"]).RootElement)];

    private static decimal Revenue(JsonElement order) => order.GetProperty("revenue").GetDecimal();

    private static decimal Lines(JsonElement order) => order.GetProperty("items").EnumerateArray().Sum(item => item.GetProperty("item_price").GetDecimal());

    private static string Id(JsonElement order) => order.GetProperty("transaction_id").GetString()!;

    private static DateTimeOffset Time(Dictionary<string, string> row) => DateTimeOffset.Parse(row["timestamp"], CultureInfo.InvariantCulture);
}
