using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Clickpath.Browser;

/// <summary>What a reader does with the pages of a run of the sample.</summary>
public sealed class PageTests
{
    private static readonly BrowserNewContextOptions Phone = new() { ViewportSize = new() { Width = 390, Height = 844 } };

    private readonly TempFolder _temp = new();
    private Chromium _browser = null!;

    [OneTimeSetUp]
    public async Task Run()
    {
        _browser = await Chromium.Start();
        Export.Run(Repository.Sample, Artifacts);
    }

    [OneTimeTearDown]
    public async Task End()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _temp.Dispose();
    }

    [TestCase(ColorScheme.Light)]
    [TestCase(ColorScheme.Dark)]
    public async Task Pages_are_accessible(ColorScheme scheme)
    {
        foreach (var path in Export.Pages(Artifacts))
        {
            // The checker is a script of its own, which the page's policy would refuse.
            await using var open = await _browser.Open(path, new() { ColorScheme = scheme, BypassCSP = true });
            foreach (var fold in await open.Page.QuerySelectorAllAsync("details"))
                await fold.EvaluateAsync("fold => { fold.open = true; }");
            var result = await open.Page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] } });

            Assert.That(result.Violations.SelectMany(rule => rule.Nodes.Take(3).Select(node => $"{rule.Id} ({rule.Help}): {node.Html}")), Is.Empty, $"{path} {scheme}");
            Assert.That(open.Complaints, Is.Empty, path);
        }
    }

    [Test]
    public async Task Nothing_is_wider_than_a_phone()
    {
        foreach (var path in Export.Pages(Artifacts))
        {
            await using var open = await _browser.Open(path, Phone);
            Assert.That(await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(390), path);
        }
    }

    [Test]
    public async Task A_table_sorts_by_value_and_back_again()
    {
        await using var open = await _browser.Open(Report);
        var table = open.Page.Locator("#daily_revenue .table");
        var came = await Values(table);
        var byRevenue = table.GetByRole(AriaRole.Button, new() { Name = "Revenue", Exact = true });

        await byRevenue.ClickAsync();
        Assert.That(await Values(table), Is.EqualTo(came.OrderByDescending(v => v)), "the largest first");
        Assert.That(await table.Locator("th[aria-sort=descending]").InnerTextAsync(), Does.StartWith("Revenue"));
        await byRevenue.ClickAsync();
        Assert.That(await Values(table), Is.EqualTo(came.Order()));
        await byRevenue.ClickAsync();
        Assert.That(await Values(table), Is.EqualTo(came));
        Assert.That(came, Is.Not.EqualTo(came.Order()));
    }

    [Test]
    public async Task A_table_filters_folds_and_counts()
    {
        await using var open = await _browser.Open(Report);
        var table = open.Page.Locator("#daily_revenue .table");
        var visible = table.Locator("tbody tr:visible");
        Assert.That(await visible.CountAsync(), Is.EqualTo(10));
        Assert.That(await table.Locator(".count").InnerTextAsync(), Is.EqualTo("10 of 14 rows"));

        await table.GetByRole(AriaRole.Button, new() { Name = "Show all 14 rows" }).ClickAsync();
        Assert.That(await visible.CountAsync(), Is.EqualTo(14));

        await table.GetByRole(AriaRole.Searchbox).FillAsync("2025-03-1");
        Assert.That(await visible.CountAsync(), Is.EqualTo(7));
        Assert.That(await table.Locator(".count").InnerTextAsync(), Is.EqualTo("7 of 14 rows match"));
        await table.GetByRole(AriaRole.Searchbox).FillAsync("no such day");
        Assert.That(await visible.CountAsync(), Is.Zero);
    }

    [Test]
    public async Task A_chart_answers_the_pointer_and_the_keys_with_the_values_of_the_table()
    {
        await using var open = await _browser.Open(Report);
        var chart = open.Page.Locator(".chart").First;
        var article = open.Page.Locator("article:has(.chart)").First;
        var expected = (await article.Locator("tbody tr").AllAsync())[2];
        var (day, revenue) = (await expected.Locator("th").TextContentAsync(), await expected.Locator("td").First.TextContentAsync());

        await chart.Locator("svg.wide .m").Nth(2).HoverAsync();
        var tip = chart.Locator(".tip");
        Assert.That(await tip.InnerTextAsync(), Does.StartWith(day!).And.Contain(revenue!));
        await open.Page.Mouse.MoveAsync(0, 0);
        Assert.That(await tip.IsVisibleAsync(), Is.False);

        await chart.FocusAsync();
        for (var i = 0; i < 3; i++)
            await open.Page.Keyboard.PressAsync("ArrowRight");
        Assert.That(await tip.InnerTextAsync(), Does.StartWith(day!).And.Contain(revenue!));
        await open.Page.Keyboard.PressAsync("Escape");
        Assert.That(await tip.IsVisibleAsync(), Is.False);
    }

    [Test]
    public async Task The_theme_follows_the_system_until_the_reader_chooses()
    {
        await using var open = await _browser.Open(Report, new() { ColorScheme = ColorScheme.Dark });
        var dark = await Ground(open);
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Light theme" }).ClickAsync();
        var light = await Ground(open);
        await open.Page.ReloadAsync();

        Assert.That(light, Is.Not.EqualTo(dark));
        Assert.That(await Ground(open), Is.EqualTo(light), "remembered");
        await open.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await open.Page.Locator(".tools button").First.EvaluateAsync("button => button.click()");
        Assert.That(await Ground(open), Is.EqualTo("rgb(255, 255, 255)"), "paper is white");
    }

    [Test]
    public async Task Without_scripts_everything_is_there()
    {
        await using var open = await _browser.Open(Report, new() { JavaScriptEnabled = false });
        Assert.That(await open.Page.Locator("#daily_revenue tbody tr:visible").CountAsync(), Is.EqualTo(14));
        Assert.That(await open.Page.Locator(".chart svg.wide").First.IsVisibleAsync());
        var sql = open.Page.Locator("#daily_revenue details");
        Assert.That(await sql.Locator("pre").IsVisibleAsync(), Is.False);
        await sql.Locator("summary").ClickAsync();
        Assert.That(await sql.Locator("pre").InnerTextAsync(), Does.Contain("FROM orders"));
        Assert.That(await open.Page.Locator("#daily_revenue .behind a").First.GetAttributeAsync("href"), Is.EqualTo("daily_revenue.csv"));
    }

    [Test]
    public async Task Every_link_leads_somewhere()
    {
        foreach (var path in Export.Pages(Artifacts))
        {
            await using var open = await _browser.Open(path);
            var links = await open.Page.EvaluateAsync<string[]>("() => [...new Set([...document.links].map(a => a.getAttribute('href')))]");
            var ids = await open.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('[id]')].map(e => e.id)");
            Assert.That(ids, Is.Unique, path);
            foreach (var link in links)
                Assert.That(link.StartsWith('#') ? ids.Contains(link[1..]) : File.Exists(Path.Combine(Path.GetDirectoryName(path)!, link.Split('#')[0])), $"{path}: {link}");
        }
    }

    private string Artifacts => Path.Combine(_temp.Path, "artifacts");

    private string Report => Path.Combine(Artifacts, "analyze", "report.html");

    private static Task<string> Ground(OpenPage open) => open.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    private static async Task<IReadOnlyList<decimal>> Values(ILocator table) => [.. (await table.Locator("tbody td:nth-child(3)")
        .EvaluateAllAsync<string[]>("cells => cells.map(cell => cell.dataset.v)")).Select(v => decimal.Parse(v, System.Globalization.CultureInfo.InvariantCulture))];
}
