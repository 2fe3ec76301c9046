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
            Assert.That(finding.GetProperty("message").GetString(), Does.EndWith("are exact duplicates; they are left out. The same in 2 other files, events_20250306.csv the first.").Or.EndsWith(", events_20250307.csv the first."));
            Assert.That((finding.GetProperty("since").GetString(), finding.GetProperty("until").GetString()), Is.EqualTo(("2025-03-06", "2025-03-08")));
            Assert.That(finding.GetProperty("touched").GetProperty("events").GetInt64(), Is.EqualTo(
                found.GetProperty("subjects").EnumerateArray().Where(s => s.GetProperty("passed").ValueKind == JsonValueKind.False).Sum(s => s.GetProperty("touched").GetProperty("events").GetInt64())));
            Assert.That(Sample().Count(line => line.StartsWith("exact_duplicates,warn,events_2025030", StringComparison.Ordinal)), Is.InRange(10, 20));
        });
    }

    [TestCase("missing_day:4 missing_day:5 missing_day:7", @"2025-03-06 has no file and no record\. The same on 2 other days, 2025-03-07 the first\. From 2025-03-06 to 2025-03-07; on 2025-03-09\.")]
    [TestCase("outage:4 outage:7", @"No event for [0-9]+ minutes; .* From 2025-03-06 1[34]:[0-9]+ to 2025-03-06 1[67]:[0-9]+; from 2025-03-09 1[34]:[0-9]+ to 2025-03-09 1[67]:[0-9]+\.")]
    public void Findings_that_read_alike_and_are_apart_keep_their_times(string defects, string told)
    {
        SampleShop.Write(new SampleOptions { Folder = Path.Combine(_temp.Path, "events"), Days = 8, EventsPerDay = 500, Defects = defects.Split(' ') });
        Report(Path.Combine(_temp.Path, "events"));

        Assert.That(File.ReadAllText(Path.Combine(_temp.Path, "artifacts", "data_quality", "dq_report.md")), Does.Match(told));
    }

    [Test]
    public void Files_without_a_utm_source_are_one_finding() =>
        Assert.That(Found("utm_loss:6..8", "utm_coverage").GetProperty("findings").EnumerateArray().Select(f => (f.GetProperty("since").GetString(), f.GetProperty("until").GetString())), Is.EqualTo(new[] { ("2025-03-08", "2025-03-10") }));

    // Between two findings of one cause nothing follows from it.
    [TestCase("2025-03-06", "2025-03-06", true)]
    [TestCase("2025-03-07", "2025-03-07", false)]
    [TestCase("2025-03-05", "2025-03-06", true)]
    [TestCase("2025-03-06", "2025-03-09", false)]
    public void What_falls_between_the_days_of_a_finding_is_not_within_it(string since, string until, bool isWithin)
    {
        CheckSubject Of(string from, string to) => new("x", 1, 1L, 0L, false, "x") { Since = from, Until = to };
        var told = Of("2025-03-05", "2025-03-09") with { Members = [Of("2025-03-09", "2025-03-09"), Of("2025-03-05", "2025-03-05"), Of("2025-03-06", "2025-03-06")] };

        Assert.That(Of(since, until).IsWithin(told), Is.EqualTo(isWithin));
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

    // Sale pages are a ninth of the views, and well over a third of them on the second day. With two days nobody knows which of them is odd.
    [TestCase(2, null)]
    [TestCase(3, "path /sale 2025-03-02")]
    [TestCase(8, "path /sale 2025-03-02")]
    public void With_few_days_the_bounds_are_wider_and_the_report_says_that_there_is_little_to_go_by(int days, string? told)
    {
        foreach (var day in Enumerable.Range(1, days))
        {
            _temp.Write($"events/events_202503{day:00}.csv", "client_id,page_url,referrer,timestamp,event_name,event_data,user_agent\n" + string.Concat(Enumerable.Range(0, day == 2 ? 1300 : 900).Select(i =>
                $"c{day}.{i},https://shop.example/{(i >= 800 ? "sale" : i % 2 == 0 ? "chairs" : "tables")},,2025-03-{day:00}T{i % 24:00}:{i / 24:00}:00Z,page_viewed,,Mozilla\n")));
        }

        var report = Report(Path.Combine(_temp.Path, "events"));
        var bursts = report.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "bursts").GetProperty("findings").EnumerateArray().Select(f => $"{f.GetProperty("subject").GetString()} {f.GetProperty("since").GetString()}");
        var opening = Regex.Match(File.ReadAllText(Path.Combine(_temp.Path, "artifacts", "data_quality", "dq_report.md")), "(?s)^.*?(?=Found:)").Value;
        var page = File.ReadAllText(Path.Combine(_temp.Path, "artifacts", "data_quality", "dq_report.html"));
        var text = report.GetProperty("baseline").GetProperty("short").GetString();
        Assert.Multiple(() =>
        {
            Assert.That(bursts, told is null ? Is.Empty : Is.EqualTo(new[] { told }));
            Assert.That(report.GetProperty("baseline").GetProperty("days").GetInt64(), Is.EqualTo(days - 1));
            Assert.That(text, days > 4 ? Is.Null : Does.StartWith($"The baseline is short: each day has {days - 1} other day"));
            Assert.That((opening.Contains("baseline", StringComparison.Ordinal), page.Contains("The baseline is short", StringComparison.Ordinal)), Is.EqualTo((days <= 4, days <= 4)));
        });
    }

    [Test]
    public void What_is_told_on_few_days_says_so()
    {
        foreach (var day in Enumerable.Range(1, 2))
        {
            _temp.Write($"events/events_202503{day:00}.csv", "client_id,page_url,referrer,timestamp,event_name,event_data,user_agent\n" + string.Concat(Enumerable.Range(0, 400).Select(i =>
                $"{(day == 2 ? "" : $"c{i}")},https://shop.example/,,2025-03-{day:00}T{i % 24:00}:{i / 24:00}:00Z,page_viewed,,Mozilla\n")));
        }

        var found = Report(Path.Combine(_temp.Path, "events")).GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "client_id_lost").GetProperty("findings");
        Assert.That(found.EnumerateArray().Select(f => f.GetProperty("message").GetString()), Has.Exactly(1).EndsWith("It rests on a short baseline, of 1 day."));
    }

    [TestCase("events_20250304.csv", "warn", "events_20250304.csv holds no record: not a byte.", 85, 95)]
    [TestCase("events_20250304.csv events_20250306.csv", "warn", "events_20250304.csv holds no record: not a byte. The same in events_20250306.csv.", 68, 80)]
    [TestCase("events_20250304.csv events_20250305.csv events_20250306.csv", "warn", "events_20250304.csv holds no record: not a byte. The same in 2 other files, events_20250305.csv the first.", 50, 70)]
    [TestCase("*", "critical", "None of the 8 files holds a record that can be read.", 0, 0)]
    public void An_empty_file_is_a_warning_that_the_score_shows_and_nothing_but_empty_files_is_critical(string emptied, string verdict, string told, double least, double most)
    {
        var events = Path.Combine(_temp.Path, "events");
        SampleShop.Write(new SampleOptions { Folder = events, Days = 8, EventsPerDay = 200, Seed = 5 });
        foreach (var file in emptied == "*" ? Directory.GetFiles(events) : emptied.Split(' ').Select(name => Path.Combine(events, name)))
            File.WriteAllBytes(file, []);

        var report = Report(events);
        var messages = report.GetProperty("checks").EnumerateArray().SelectMany(check => check.GetProperty("findings").EnumerateArray()).Select(f => f.GetProperty("message").GetString());
        Assert.Multiple(() =>
        {
            Assert.That(report.GetProperty("verdict").GetString(), Is.EqualTo(verdict));
            Assert.That(messages, Does.Contain(told));
            Assert.That(report.GetProperty("score").GetDouble(), Is.InRange(least, most));
            Assert.That(report.GetProperty("files").EnumerateArray().Where(f => f.GetProperty("records").GetInt64() == 0).Select(f => f.GetProperty("score").GetDouble()), Is.Not.Empty.And.All.Zero);
        });
    }

    [Test]
    public void Something_critical_in_a_small_part_shows_in_the_score_of_the_whole()
    {
        var events = Path.Combine(_temp.Path, "events");
        SampleShop.Write(new SampleOptions { Folder = events, Days = 8, EventsPerDay = 200, Defects = ["missing_event_name:8"] });

        Assert.That(Report(events).GetProperty("score").GetDouble(), Is.EqualTo(50));
    }

    [Test]
    public void A_day_without_a_file_shows_in_the_score()
    {
        var events = Path.Combine(_temp.Path, "events");
        SampleShop.Write(new SampleOptions { Folder = events, Days = 8, EventsPerDay = 200, Seed = 5, Defects = ["missing_day:4"] });

        Assert.That(Report(events).GetProperty("score").GetDouble(), Is.InRange(95, 98.5));
    }

    [Test]
    public void Counts_agree_with_their_words_and_a_stray_time_leaves_the_rest_of_its_file_in_order()
    {
        foreach (var day in Enumerable.Range(1, 6))
        {
            _temp.Write($"events/events_202503{day:00}.csv", "client_id,page_url,referrer,timestamp,event_name,event_data,user_agent\n" + string.Concat(Enumerable.Range(0, 200).Select(i =>
                $"c{day}.{i},https://shop.example/{(day == 3 && i == 9 ? "?email=jo%40mail.example" : "")},,{(day == 4 && i == 5 ? "2031-01-01" : day == 5 && (i is 20 or 31) ? "soon" : $"2025-03-{day:00}")}T{i / 10:00}:{i % 10:00}:00Z,"
                + (i % 20 == 0 ? $"purchase,\"{{\"\"transaction_id\"\": \"\"o{day}.{i}\"\", \"\"revenue\"\": 12.5}}\"" : "page_viewed,") + ",Mozilla\n")));
        }

        var checks = Report(Path.Combine(_temp.Path, "events")).GetProperty("checks").EnumerateArray().ToDictionary(check => check.GetProperty("name").GetString()!);
        JsonElement Finding(string check) => checks[check].GetProperty("findings").EnumerateArray().Single();
        Assert.Multiple(() =>
        {
            Assert.That(Finding("personal_data").GetProperty("message").GetString(), Is.EqualTo("1 event carries what looks like an e-mail address in the page URL."));
            Assert.That(Finding("records_outside_day").GetProperty("message").GetString(), Is.EqualTo("1 of 200 records of events_20250304.csv (0.50%) is not on its day."));
            Assert.That(checks["disordered_records"].GetProperty("status").GetString(), Is.EqualTo("pass"));
            Assert.That(Finding("unreadable_timestamps").GetProperty("message").GetString(), Is.EqualTo("2 of 200 records of events_20250305.csv (1.00%) have no timestamp that can be read."));
            Assert.That(Finding("unreadable_timestamps").GetProperty("touched").GetProperty("orders").GetInt64(), Is.EqualTo(1), "the one of the two that is a purchase");
            Assert.That(Finding("unreadable_timestamps").GetProperty("touched").GetProperty("revenue_cents").GetInt64(), Is.EqualTo(1250));
        });
    }

    // On the last day all items but one lack their price, some as null, some as no field; and the order that has it is the largest.
    [Test]
    public void A_field_that_nearly_all_items_lack_tells_the_orders_and_the_revenue_that_it_touches()
    {
        foreach (var day in Enumerable.Range(1, 8))
        {
            _temp.Write($"events/events_202503{day:00}.csv", "client_id,page_url,referrer,timestamp,event_name,event_data,user_agent\n" + string.Concat(Enumerable.Range(0, 40).Select(i =>
                $"c{day}.{i},https://shop.example/,,2025-03-{day:00}T{i / 2:00}:{i % 2:00}:00Z,purchase,\"{{'order_id': 'o{day}.{i}', 'price': 7, 'revenue': {(i == 3 ? 500 : 20)}, 'items': [{Item(day, i)}, {Item(day, i)}]}}\",Mozilla\n")));
        }

        var finding = Report(Path.Combine(_temp.Path, "events")).GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "payload_fields_lost").GetProperty("findings").EnumerateArray().Single();
        Assert.Multiple(() =>
        {
            Assert.That((finding.GetProperty("subject").GetString(), finding.GetProperty("observed").GetDouble()), Is.EqualTo(("purchase items[].price", 0.975)));
            Assert.That(finding.GetProperty("touched").GetProperty("orders").GetInt64(), Is.EqualTo(39));
            Assert.That(finding.GetProperty("touched").GetProperty("revenue_cents").GetInt64(), Is.EqualTo(39 * 2000));
            Assert.That(Sample().Where(line => line.StartsWith("payload_fields_lost,", StringComparison.Ordinal)), Has.Exactly(20).Contains("no items[].price in purchase"));
        });

        static string Item(int day, int order) => $"{{'sku': 's{order}'{(day < 8 || order == 3 ? ", 'price': 10" : order % 2 == 0 ? ", 'price': null" : "")}}}";
    }

    // Between files nothing is dropped: the orders that are in two of them are in the revenue twice.
    [TestCase(false, "identical_files")]
    [TestCase(true, "overlapping_files")]
    public void Orders_that_two_files_have_are_told_with_the_revenue_that_counts_twice(bool isLonger, string check)
    {
        string Records(int day, int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"c{day}.{i},https://shop.example/,,2025-03-{day:00}T{i / 10:00}:{i % 10:00}:00Z,"
            + (i % 20 == 0 ? $"purchase,\"{{'order_id': 'o{day}.{i}', 'revenue': 12.5}}\"" : "page_viewed,") + ",Mozilla\n"));
        foreach (var (name, day, count) in new[] { ("events_20250301", 1, 100), ("events_20250302", 2, 100), ("events_20250302_again", 2, isLonger ? 110 : 100) })
            _temp.Write($"events/{name}.csv", "client_id,page_url,referrer,timestamp,event_name,event_data,user_agent\n" + Records(day, count));

        var touched = Report(Path.Combine(_temp.Path, "events")).GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("name").GetString() == check).GetProperty("findings")[0].GetProperty("touched");
        Assert.That((touched.GetProperty("orders").GetInt64(), touched.GetProperty("revenue_cents").GetInt64()), Is.EqualTo((5, 6250)));
    }

    // On the second of two days no item has a price; a currency that a few lack is nothing.
    [TestCase(2, 24)]
    [TestCase(2, 10)]
    [TestCase(4, 24)]
    public void A_field_that_is_gone_on_the_last_of_few_days_is_told_where_there_are_orders_enough(int days, int orders)
    {
        foreach (var day in Enumerable.Range(1, days))
        {
            _temp.Write($"events/events_202503{day:00}.csv", "client_id,page_url,referrer,timestamp,event_name,event_data,user_agent\n" + string.Concat(Enumerable.Range(0, orders).Select(i =>
                $"c{day}.{i},https://shop.example/,,2025-03-{day:00}T{i / 2:00}:{i % 2:00}:00Z,purchase,\"{{'order_id': 'o{day}.{i}', 'revenue': 20, {(i == 2 ? "" : "'currency': 'EUR', ")}'items': [{{'sku': 's{i}'{(day < days ? ", 'price': 10" : "")}}}]}}\",Mozilla\n")));
        }

        var check = Report(Path.Combine(_temp.Path, "events")).GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "payload_fields_lost");
        var told = check.GetProperty("findings").EnumerateArray().Select(f => $"{f.GetProperty("subject").GetString()} {f.GetProperty("since").GetString()}: {f.GetProperty("touched").GetProperty("orders").GetInt64()}");
        Assert.That(told, Is.EqualTo(orders < 20 ? [] : new[] { $"purchase items[].price 2025-03-0{days}: {orders}" }));
    }

    // Of 8 files each has rows to show, and they are one finding; of three fields each has its own.
    [TestCase("20", 20)]
    [TestCase("3", 3)]
    public void Each_finding_has_rows_of_its_own_and_no_more_than_asked_for(string rows, int most)
    {
        SampleShop.Write(new SampleOptions { Folder = Path.Combine(_temp.Path, "events"), Days = 8, EventsPerDay = 500, OrdersPerDay = 24, Defects = ["exact_duplicates:all", "vanished_item_price:8", "missing_currency:6", "missing_transaction_id:7"] });
        Report(Path.Combine(_temp.Path, "events"), rows: rows);

        var counts = Sample().Skip(1).Select(line => string.Join(',', line.Split(',').Take(3))).CountBy(finding => finding).ToDictionary();
        Assert.Multiple(() =>
        {
            Assert.That(counts.Values, Has.All.InRange(1, most));
            Assert.That(counts.Keys.Count(k => k.StartsWith("payload_fields_lost,", StringComparison.Ordinal)), Is.EqualTo(3), string.Join("\n", counts.Keys));
            Assert.That(counts.Where(c => c.Key.StartsWith("payload_fields_lost,", StringComparison.Ordinal)).Select(c => c.Value), Has.All.InRange(Math.Min(most, 15), most));
            Assert.That(Sample().Where(line => line.Contains("no currency in", StringComparison.Ordinal)), Has.All.Contains("checkout_completed currency,events_20250308.csv"));
            Assert.That(Sample().Where(line => line.StartsWith("exact_duplicates,", StringComparison.Ordinal)).Select(line => line.Split(',')[3]).Distinct().Count(), Is.EqualTo(Math.Min(8, most)), "files, of which the rows are by turns");
        });
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
        Assert.That(Sample(), Has.Some.Matches("^payload_fields_lost,warn,checkout_completed items\\[\\].item_price,events_20250311.csv,[0-9]+,no items\\[\\].item_price in checkout_completed$"));
    }

    private JsonElement Found(string defect, string check, string zone = "UTC")
    {
        SampleShop.Write(new SampleOptions { Folder = Path.Combine(_temp.Path, "events"), Days = 8, EventsPerDay = 500, OrdersPerDay = 24, Defects = [defect] });
        return Report(Path.Combine(_temp.Path, "events"), zone).GetProperty("checks").EnumerateArray().Single(found => found.GetProperty("name").GetString() == check);
    }

    private string[] Sample() => File.ReadAllLines(Path.Combine(_temp.Path, "artifacts", "data_quality", "detected_issues_sample.csv"));

    private JsonElement Report(string events, string zone = "UTC", string rows = "20")
    {
        var artifacts = Path.Combine(_temp.Path, "artifacts");
        using var pipeline = new Pipeline(new PipelineOptions { Events = events, Artifacts = artifacts, Sql = Repository.Sql, TimeZone = zone, Parameters = new Dictionary<string, string> { ["sample_rows"] = rows } });
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
