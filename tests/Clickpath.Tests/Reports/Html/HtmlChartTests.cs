using System.Text.RegularExpressions;
using System.Xml.Linq;
using Clickpath.Reports;
using Clickpath.Reports.Charts;
using Clickpath.Reports.Html;

namespace Clickpath.Tests.Reports.Html;

public sealed class HtmlChartTests
{
    private static readonly ColumnFormats Formats = ColumnFormats.Parse("revenue money, mean money, share percent 1");

    private static readonly Table Days = new("days", ["date", "revenue", "mean", "is_partial"],
    [
        ["2025-03-01", 100.5, null, 0L],
        ["2025-03-02", 1200.0, 650.25, 0L],
        ["2025-03-03", 40.0, null, 1L],
    ]);

    private static readonly Table Channels = new("channels", ["channel", "device", "revenue", "orders", "share"],
    [
        ["<mail>", "desktop", 1000.0, 10L, 0.5],
        ["<mail>", "mobile", 500.0, 4L, 0.25],
        ["search", "desktop", 250.0, 2L, 0.125],
    ]);

    [Test]
    public void Pointing_at_a_day_of_a_line_chart_says_every_line_s_value()
    {
        var marks = Marks("line x=date y=revenue,mean", Days);

        Assert.That(marks, Is.EqualTo(new[]
        {
            ("2025-03-01", "100.50 ", "2025-03-01\nRevenue: 100.50\nMean: –"),
            ("2025-03-02", "1200.00 650.25", "2025-03-02\nRevenue: 1,200.00\nMean: 650.25"),
            ("2025-03-03", "40.00 ", "2025-03-03 (incomplete day)\nRevenue: 40.00\nMean: –"),
        }));
    }

    [TestCase("bar x=channel y=revenue", "<mail>|1000.00 500.00", "search|250.00", Description = "two rows of one name are two bars")]
    [TestCase("bar x=channel y=revenue series=device", "<mail>|1000.00 500.00", "search|250.00")]
    [TestCase("stacked x=channel y=revenue series=device", "<mail>|1000.00 500.00", "search|250.00")]
    [TestCase("heatmap x=device y=channel value=share", "desktop|0.500", "mobile|0.250", "desktop|0.125")]
    [TestCase("scatter x=orders y=revenue label=device", "desktop|10 1000.00", "mobile|4 500.00", "desktop|2 250.00")]
    [TestCase("funnel x=device y=orders", "desktop|10", "mobile|4", "desktop|2")]
    public void Every_mark_of_every_kind_of_chart_answers(string chart, params string[] expected)
    {
        var told = Marks(chart, Channels).Select(mark => $"{mark.At}|{mark.Raw}").ToList();
        if (chart == "bar x=channel y=revenue")
            expected = ["<mail>|1000.00", "<mail>|500.00", "search|250.00"];

        Assert.That(told, Is.EquivalentTo(expected));
    }

    [Test]
    public void Places_that_answer_lie_inside_the_drawing_and_do_not_overlap()
    {
        foreach (var chart in Drawings("line x=date y=revenue,mean", Days))
        {
            var box = chart.Attribute("viewBox")!.Value.Split(' ').Select(int.Parse).ToList();
            var places = chart.Elements().Where(e => (string?)e.Attribute("class") == "m")
                .Select(e => (Left: Number(e, "x"), Right: Number(e, "x") + Number(e, "width"), Width: Number(e, "width"))).ToList();

            Assert.That(places.TrueForAll(place => place.Left >= 0 && place.Right <= box[2] + 1 && place.Width > box[2] / 10.0));
            Assert.That(places.Zip(places.Skip(1)).All(pair => pair.First.Right <= pair.Second.Left + 0.2));
        }
    }

    [Test]
    public void Text_is_text_and_no_colour_is_the_drawing_s_own_where_the_theme_has_one()
    {
        foreach (var chart in Drawings("bar x=channel y=revenue series=device", Channels))
        {
            Assert.That(chart.Elements().DescendantsAndSelf("text").Select(text => text.Value), Does.Contain("<mail>"));
            Assert.That(chart.ToString(), Does.Contain("var(--ink)").And.Contain("var(--s1)").And.Not.Contain("#1F2933").And.Not.Contain("style="));
        }
    }

    [Test]
    public void Names_inside_drawings_are_their_own()
    {
        var ids = Drawings("line x=date y=revenue", Days, "a").Concat(Drawings("line x=date y=revenue", Days, "b"))
            .SelectMany(chart => chart.Descendants().Attributes("id")).Select(id => id.Value).ToList();

        Assert.That(ids, Is.Unique.And.Not.Empty);
        var again = Html();
        Assert.That(Html(), Is.EqualTo(again), "the same bytes each time");
    }

    [Test]
    public void Every_column_of_a_heat_map_is_named_upright_where_need_be_and_none_is_without_a_value()
    {
        string[] names = ["newsletter", "facebook_ads", "partner_mail", "google_shopping", "bing_brand", "instagram_story", "retargeting", "affiliates_de", "radio_spots", "print_codes"];
        var table = new Table("t", ["first", "last", "revenue"], [.. names.Select((name, i) => new object?[] { "opened", name, i + 1.0 }), ["opened", "nothing", null], ["none", "newsletter", null]]);
        var html = HtmlChart.Of(ChartSpec.Parse("heatmap x=last y=first value=revenue"), table, Formats, "T", "a").ToString();

        Assert.That(names.Where(name => !Regex.IsMatch(html, $"<text[^>]* transform=\"[^\"]+\"[^>]*>{name}</text>")), Is.Empty);
        Assert.That(html, Does.Contain(">opened</text>").And.Not.Contain(">nothing</text>").And.Not.Contain(">none</text>"));
    }

    [Test]
    public void A_chart_of_nothing_says_so()
        => Assert.That(HtmlChart.Of(ChartSpec.Parse("line x=date y=revenue"), Days with { Rows = [] }, Formats, "T", "a").ToString(), Does.Contain("Nothing in this period"));

    private static string Html() => HtmlChart.Of(ChartSpec.Parse("line x=date y=revenue"), Days, Formats, "T", "a").ToString();

    private static List<XElement> Drawings(string chart, Table table, string id = "chart") =>
        [.. XElement.Parse(HtmlChart.Of(ChartSpec.Parse(chart), table, Formats, "A title", id).ToString()).Elements("svg")];

    private static List<(string At, string Raw, string Text)> Marks(string chart, Table table)
    {
        var drawings = Drawings(chart, table).Select(drawing => drawing.Elements().Where(e => (string?)e.Attribute("class") == "m")
            .Select(e => (e.Attribute("data-x")!.Value, e.Attribute("data-v")!.Value, e.Element("title")!.Value)).ToList()).ToList();
        Assert.That(drawings[0], Is.EqualTo(drawings[1]), "wide and narrow say the same");
        return drawings[0];
    }

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, System.Globalization.CultureInfo.InvariantCulture);
}
