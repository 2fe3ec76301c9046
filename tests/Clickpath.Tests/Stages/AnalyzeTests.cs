using System.Globalization;
using CsvHelper;
using UglyToad.PdfPig;

namespace Clickpath.Tests.Stages;

/// <summary>What the analysis says of whole exports.</summary>
public sealed class AnalyzeTests
{
    private TempFolder _temp = null!;

    private string Artifacts => Path.Combine(_temp.Path, "artifacts");

    [SetUp]
    public void Make() => _temp = new TempFolder();

    [TearDown]
    public void Remove() => _temp.Dispose();

    [Test]
    public void The_summary_says_what_the_CSVs_say_on_two_to_four_pages()
    {
        Run(Repository.Sample);

        using var pdf = PdfDocument.Open(Path.Combine(Artifacts, "analyze", "executive_summary.pdf"));
        var text = TextOf(pdf);
        var days = Rows("daily_revenue");
        var revenue = days.Sum(row => decimal.Parse(row["revenue"], CultureInfo.InvariantCulture));
        var orders = days.Sum(row => int.Parse(row["purchases"], CultureInfo.InvariantCulture));
        Assert.Multiple(() =>
        {
            Assert.That(pdf.NumberOfPages, Is.InRange(2, 4));
            Assert.That(text, Does.Contain(revenue.ToString("N2", CultureInfo.InvariantCulture)), "revenue, as the days add up to it");
            Assert.That(text, Does.Contain($"Orders {orders}").Or.Contain(orders.ToString("N0", CultureInfo.InvariantCulture)), "orders");
            foreach (var figure in Rows("headline_figures"))
                Assert.That(text, Does.Contain(Shown(figure["value"], figure["unit"])), figure["label"]);
            foreach (var heading in (string[])["What happened", "What to do next", "How far the data can be trusted", "Figures", "Definitions"])
                Assert.That(text, Does.Contain(heading));
            TheBootstrapIntervalIsAsWideAsTheOrdersSpread();
        });
    }

    [Test]
    public void A_report_with_an_order_stands_in_the_summary()
    {
        var sql = CopyOfSql("orders_by_currency", "-- title: Orders by currency code\n-- description: D\n-- section: Revenue\n-- chart: bar x=currency y=orders\n-- order: 9\n"
            + "SELECT COALESCE(currency, 'none') AS currency, COUNT(*) AS orders FROM orders GROUP BY COALESCE(currency, 'none') ORDER BY 1\n");
        Run(Repository.Sample, sql);

        using var pdf = PdfDocument.Open(Path.Combine(Artifacts, "analyze", "executive_summary.pdf"));
        Assert.That(TextOf(pdf), Does.Contain("Orders by currency code"));
        Assert.That(File.Exists(Path.Combine(Artifacts, "analyze", "orders_by_currency.csv")));
        Assert.That(File.Exists(Path.Combine(Artifacts, "analyze", "chart_orders_by_currency.png")));
    }

    [Test]
    public void Only_runs_one_report_over_the_last_run_and_prints_it()
    {
        Run(Repository.Sample);
        var sql = CopyOfSql("first_orders", "-- title: First orders\n-- description: D\n-- section: Revenue\n-- format: revenue money\n"
            + "SELECT order_key, CAST(revenue_cents AS DOUBLE PRECISION) / 100 AS revenue FROM orders ORDER BY order_key\n");
        var before = File.ReadAllText(Path.Combine(Artifacts, "analyze", "daily_revenue.csv"));
        var printed = "";
        using (var pipeline = new Pipeline(Options(Repository.Sample, sql) with { Only = "first_orders", Print = text => printed += text }))
        {
            pipeline.Analyze();
            pipeline.Publish();
        }

        Assert.Multiple(() =>
        {
            Assert.That(printed, Does.StartWith("order_key").And.Contain("revenue").And.EndWith(" rows)\n"));
            Assert.That(Rows("first_orders"), Has.Count.GreaterThan(100));
            Assert.That(File.ReadAllText(Path.Combine(Artifacts, "analyze", "daily_revenue.csv")), Is.EqualTo(before), "the others stand");
        });

        using var misspelt = new Pipeline(Options(Repository.Sample, sql) with { Only = "dayly_revenue" });
        Assert.That(misspelt.Analyze, Throws.TypeOf<ClickpathException>().With.Message.Contains("Did you mean 'daily_revenue'?"));
    }

    [Test]
    public void Only_needs_the_last_run() =>
        Assert.That(() => Run(Repository.Sample, options: o => o with { Only = "daily_revenue" }), Throws.TypeOf<ClickpathException>().With.Message.Contains("--exclusive"));

    [Test]
    public void One_event_is_told_in_the_singular_and_compared_with_nothing()
    {
        Run(Export("c,https://shop.example/,,2025-03-03T10:00:00Z,page_viewed,,Mozilla/5.0"), options: o => o with { FailOn = FailOn.None });

        using var pdf = PdfDocument.Open(Path.Combine(Artifacts, "analyze", "executive_summary.pdf"));
        Assert.That(TextOf(pdf), Does.Contain("2025-03-03: one day").And.Contain("There is one record, and it was read.").And.Contain("no change is given")
            .And.Contain("There is no purchase in the export, which holds a single session.").And.Not.Contain("week on week"));
        Assert.That(Rows("week_on_week"), Is.Empty);
    }

    [Test]
    public void Two_weeks_without_a_purchase_are_told_as_that_and_every_report_is_made()
    {
        Run(CopyOfSample(line => !line.Contains(",checkout_completed,", StringComparison.Ordinal) && !line.Contains(",purchase,", StringComparison.Ordinal)));

        using var pdf = PdfDocument.Open(Path.Combine(Artifacts, "analyze", "executive_summary.pdf"));
        Assert.That(TextOf(pdf), Does.Contain("There is no purchase in the export, in 1,").And.Contain("What to do next Purchases at all: None of the")
            .And.Contain("From visit to purchase").And.Not.Contain("Nothing to show").And.Not.Contain("NaN"));
        Assert.That(File.ReadAllText(Path.Combine(Artifacts, "analyze", "report.html")), Does.Contain("No chart. Every value in this period is zero."));
        Assert.That(Rows("revenue_change").Select(row => row["revenue"]).Distinct(), Is.EqualTo(new[] { "0.00" }));
    }

    [Test]
    public void Many_reports_with_an_order_leave_the_summary_at_four_pages_and_say_which_are_left_out()
    {
        var sql = CopyOfSql("many_1", Ordered(1));
        for (var i = 2; i <= 12; i++)
            CopyOfSql($"many_{i}", Ordered(i));
        _temp.Write("sql/analyze/insight_many.sql", "-- title: T\n-- description: D\n-- section: What to do next\n-- kind: insight\n"
            + "SELECT 'note' AS tone, 'One of very many things that somebody could do, told at some length, so that it fills a line and a half of the page, or so.' AS sentence, day_number FROM calendar ORDER BY day_number\n");
        Run(Repository.Sample, sql);

        using var pdf = PdfDocument.Open(Path.Combine(Artifacts, "analyze", "executive_summary.pdf"));
        Assert.That(pdf.NumberOfPages, Is.EqualTo(4));
        Assert.That(TextOf(pdf), Does.Contain("Only in report.html, for lack of room:").And.Contain("Definitions"));

        static string Ordered(int i) => $"-- title: Ordered {i}\n-- description: D\n-- section: Revenue\n{(i % 2 == 0 ? "" : "-- chart: bar x=currency y=orders\n")}-- order: {20 + i}\n"
            + "SELECT COALESCE(currency, 'none') AS currency, COUNT(*) AS orders FROM orders GROUP BY COALESCE(currency, 'none') ORDER BY 1\n";
    }

    [Test]
    public void The_page_leads_to_the_alarms_where_the_run_has_judged_them()
    {
        Run(Repository.Sample);
        Assert.That(Page(), Does.Not.Contain("monitoring_report.html"));

        Run(Repository.Sample, andThen: pipeline => pipeline.Monitor());
        Assert.That(Page(), Does.Contain("<a href=\"../monitor/monitoring_report.html\">"));

        string Page() => File.ReadAllText(Path.Combine(Artifacts, "analyze", "report.html"));
    }

    [Test]
    public void Spend_that_loses_and_spend_that_pays_are_named_with_what_they_bring_back()
    {
        var export = CopyOfSample(_ => true);
        var days = Directory.EnumerateFiles(export).Select(path => DateOnly.ParseExact(Path.GetFileName(path)[7..15], "yyyyMMdd", CultureInfo.InvariantCulture));
        File.WriteAllText(Path.Combine(export, "spend.csv"), "date,channel,amount\n" + string.Concat(days.Select(day => $"{day:yyyy-MM-dd},google,90\n{day:yyyy-MM-dd},facebook,900\n{day:yyyy-MM-dd},nobody,20\n")));
        Run(export, options: o => o with { Parameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["lookback_days"] = "5" } });

        using var pdf = PdfDocument.Open(Path.Combine(Artifacts, "analyze", "executive_summary.pdf"));
        Assert.That(TextOf(pdf), Does.Contain("Ads on google bring back").And.Contain("Ads on facebook cost more than they bring: €12,600 spent")
            .And.Contain("Move a part of what facebook costs to google").And.Contain("Revenue for each 1 spent").And.Contain("of the buyer in the 5 days before the purchase"));
        var ads = Rows("ad_spend");
        foreach (var row in Rows("spend_returns"))
        {
            var revenue = ads.Where(ad => ad["channel"] == row["channel"]).Select(ad => Number(ad, "revenue")).ToList();
            var spend = Number(row, "spend");
            Assert.That(Number(row, "lowest_return"), Is.EqualTo(revenue.Min() / spend).Within(0.005));
            Assert.That(Number(row, "highest_return"), Is.EqualTo(revenue.Max() / spend).Within(0.005));
            Assert.That(Number(row, "low_return"), Is.LessThanOrEqualTo(Number(row, "lowest_return")));
            Assert.That(Number(row, "high_return"), Is.GreaterThan(Number(row, "highest_return")));
        }
    }

    [Test]
    public void No_CSV_of_a_hostile_export_holds_a_formula()
    {
        const string hostile = "=HYPERLINK(%22http://evil.example%22)";
        var order = "\"{\"\"transaction_id\"\": \"\"@SUM(1)\"\", \"\"revenue\"\": -50, \"\"items\"\": [{\"\"item_id\"\": \"\"+1+1\"\", \"\"item_name\"\": \"\"-2+3|cmd\"\", \"\"item_price\"\": 5, \"\"quantity\"\": 1}]}\"";
        Run(
            Export($"=c,https://shop.example/?utm_source={hostile}&utm_campaign=%2B1&utm_medium=-1-1,@r,2025-03-03T10:00:00Z,page_viewed,,=Mozilla\n"
                + $"=c,https://shop.example/,,2025-03-03T10:01:00Z,purchase,{order},=Mozilla\n+c,,,2025-03-03T10:01:00Z,=1+1,=,@"),
            options: o => o with { FailOn = FailOn.None });

        Assert.That(Rows("channel_revenue_last_click")[0]["channel"], Is.EqualTo("'=HYPERLINK(\"http://evil.example\")"));
        Assert.That(Rows("daily_revenue")[0]["revenue"], Is.EqualTo("-50.00"), "a negative number stays one");
        var formulas = from path in Directory.EnumerateFiles(Artifacts, "*.csv", SearchOption.AllDirectories)
                       from cell in Cells(path)
                       where cell.Length > 0 && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal) && !decimal.TryParse(cell, CultureInfo.InvariantCulture, out _)
                       select $"{Path.GetFileName(path)}: {cell}";
        Assert.That(formulas, Is.Empty);
    }

    [Test]
    public void Money_is_written_in_the_currency_that_all_orders_name()
    {
        var order = "\"{\"\"transaction_id\"\": \"\"T1\"\", \"\"revenue\"\": 50, \"\"currency\"\": \"\"eur\"\"}\"";
        Run(Export($"c,https://shop.example/,,2025-03-03T10:00:00Z,page_viewed,,Mozilla/5.0\nc,https://shop.example/,,2025-03-03T10:01:00Z,purchase,{order},Mozilla/5.0"));

        using var pdf = PdfDocument.Open(Path.Combine(Artifacts, "analyze", "executive_summary.pdf"));
        Assert.That(TextOf(pdf), Does.Contain("€50.00"));
        Assert.That(Rows("daily_revenue")[0]["revenue"], Is.EqualTo("50.00"), "a CSV has plain numbers");
    }

    private void TheBootstrapIntervalIsAsWideAsTheOrdersSpread()
    {
        var channels = Rows("channel_revenue_last_click");
        var (total, orders) = (channels.Sum(row => Number(row, "revenue")), channels.Sum(row => Number(row, "purchases")));
        foreach (var row in Rows("attribution_uncertainty").Where(row => Number(row, "orders") >= 15))
        {
            var (share, low, high) = (Number(row, "share"), Number(row, "low_revenue") / total, Number(row, "high_revenue") / total);
            Assert.That(share, Is.InRange(low, high), row["channel"]);
            // Of n orders alike a share s has a standard error of sqrt(s (1 - s) / n); as orders differ, it is more.
            var least = 2 * 1.96 * Math.Sqrt(share * (1 - share) / orders);
            Assert.That(high - low, Is.InRange(0.7 * least, 4 * least), row["channel"]);
        }
    }

    private static double Number(Dictionary<string, string> row, string column) => double.Parse(row[column], CultureInfo.InvariantCulture);

    private static string Shown(string value, string unit)
    {
        var number = decimal.Parse(value, CultureInfo.InvariantCulture);
        return unit switch
        {
            "money" => Math.Round(number, 2, MidpointRounding.AwayFromZero).ToString("N2", CultureInfo.InvariantCulture),
            "integer" => number.ToString("N0", CultureInfo.InvariantCulture),
            _ => Math.Round(number * 100, 2, MidpointRounding.AwayFromZero).ToString("0.00", CultureInfo.InvariantCulture) + "%",
        };
    }

    private static string TextOf(PdfDocument pdf) => string.Join(' ', pdf.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text));

    private static IEnumerable<string> Cells(string path)
    {
        using var csv = new CsvParser(new StreamReader(path), CultureInfo.InvariantCulture);
        while (csv.Read())
        {
            foreach (var cell in csv.Record!)
                yield return cell;
        }
    }

    private string Export(string rows)
    {
        _temp.Write("export/events_20250303.csv", $"client_id,page_url,referrer,timestamp,event_name,event_data,user_agent\n{rows}\n");
        return Path.Combine(_temp.Path, "export");
    }

    private string CopyOfSql(string name, string text)
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Sql, "*.sql", SearchOption.AllDirectories))
            _temp.Write(Path.Combine("sql", Path.GetRelativePath(Repository.Sql, file)), File.ReadAllText(file));
        _temp.Write(Path.Combine("sql", "analyze", name + ".sql"), text);
        return Path.Combine(_temp.Path, "sql");
    }

    private string CopyOfSample(Func<string, bool> keep)
    {
        foreach (var path in Directory.EnumerateFiles(Repository.Sample, "*.csv"))
            _temp.Write($"export/{Path.GetFileName(path)}", string.Concat(File.ReadLines(path).Where(keep).Select(line => line + "\n")));
        return Path.Combine(_temp.Path, "export");
    }

    private PipelineOptions Options(string events, string sql) => new() { Events = events, Artifacts = Artifacts, Sql = sql };

    private void Run(string events, string? sql = null, Func<PipelineOptions, PipelineOptions>? options = null, Action<Pipeline>? andThen = null)
    {
        var asked = Options(events, sql ?? Repository.Sql);
        using var pipeline = new Pipeline(options?.Invoke(asked) ?? asked);
        try
        {
            pipeline.DataQuality();
        }
        catch (ClickpathException) when (pipeline.ExitCode == 2)
        {
            // Without a purchase the quality stage ends a run; the analysis must make sense of it all the same.
        }

        pipeline.Transform();
        pipeline.Analyze();
        andThen?.Invoke(pipeline);
        pipeline.Publish();
    }

    private List<Dictionary<string, string>> Rows(string report)
    {
        using var csv = new CsvReader(new StreamReader(Path.Combine(Artifacts, "analyze", report + ".csv")), CultureInfo.InvariantCulture);
        return [.. csv.GetRecords<dynamic>().Select(r => ((IDictionary<string, object>)r).ToDictionary(p => p.Key, p => (string)p.Value))];
    }
}
