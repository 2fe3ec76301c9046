using Clickpath.Reports;
using Clickpath.Reports.Charts;
using Clickpath.Reports.Summary;
using UglyToad.PdfPig;

namespace Clickpath.Tests.Reports.Charts;

/// <summary>What a chart says, read off a page that it is drawn on.</summary>
public sealed class ChartTextTests
{
    private static readonly Table Channels = new("channels", ["channel", "revenue", "low", "high"],
    [
        ["direct", 183482.6, 150000.0, 210000.0], ["A", 28356.0, 13000.0, 42000.0], ["B", 20242.0, 8000.0, 34000.0], ["C", null, null, null],
    ]);

    [Test]
    public void Money_reads_as_money_in_the_shops_currency()
    {
        var text = TextOf("bar x=channel y=revenue low=low high=high", Channels);

        Assert.That(text, Does.Contain("Revenue (USD) by channel").And.Contain("$183k").And.Contain("$28.4k"));
    }

    [Test]
    public void A_category_without_a_value_is_left_out_and_counted() =>
        Assert.That(TextOf("bar x=channel y=revenue", Channels), Does.Contain("1 without a value left out").And.Not.Contain("C$"));

    [Test]
    public void A_category_that_dwarfs_the_others_can_be_left_out_and_is_named()
    {
        var text = TextOf("bar x=channel y=revenue without=direct", Channels);

        Assert.That(text, Does.Contain("without direct").And.Not.Contain("$183k"));
    }

    [Test]
    public void What_is_cut_is_said() => Assert.That(TextOf("bar x=channel y=revenue top=2", Channels), Does.Contain("top 2 of 3 by revenue"));

    [Test]
    public void A_waterfall_shows_each_step_with_its_sign_and_its_totals_from_zero()
    {
        var steps = new Table("steps", ["step", "revenue", "is_total"], [["Before", 1000.0, 1L], ["Sessions", -300.0, 0L], ["Order value", 50.0, 0L], ["After", 750.0, 1L]]);
        var text = TextOf("waterfall x=step y=revenue", steps);

        Assert.That(text, Does.Contain("$1,000").And.Contain("−$300").And.Contain("+$50").And.Contain("$750"));
    }

    [TestCase("line x=channel y=revenue")]
    [TestCase("bar x=channel y=revenue")]
    [TestCase("stacked x=channel y=revenue")]
    [TestCase("funnel x=channel y=revenue")]
    [TestCase("heatmap x=channel y=channel value=revenue")]
    [TestCase("scatter x=revenue y=revenue")]
    [TestCase("waterfall x=channel y=revenue")]
    public void A_chart_of_nothing_says_that_there_is_nothing(string header) =>
        Assert.That(TextOf(header, Channels with { Rows = [] }), Does.Contain("Nothing to show"));

    [TestCase("bar x=channel y=revenue")]
    [TestCase("heatmap x=channel y=channel value=revenue")]
    public void A_chart_of_zeros_says_so(string header) =>
        Assert.That(TextOf(header, Channels with { Rows = [["direct", 0.0, null, null], ["A", 0.0, null, null]] }), Does.Contain("Nothing to show").And.Contain("Every value in this period is zero."));

    [Test]
    public void Bars_side_by_side_are_labelled_all_or_none()
    {
        string[] channels = ["a", "b", "c", "d", "e", "f", "g", "h"];
        var table = new Table("t", ["channel", "revenue", "low", "high"], [.. channels.Select(name => new object?[] { name, name == "a" ? 32e3 : 28.4e3, 20.2e3, 10.7e3 })]);

        Assert.That(TextOf("bar x=channel y=revenue,low,high", table), Does.Not.Contain("$32k"));
    }

    [Test]
    public void A_label_that_is_too_long_ends_in_dots_and_hides_nothing_else()
    {
        var name = string.Join(' ', Enumerable.Repeat("interminable", 40));
        var text = TextOf("bar x=channel y=revenue", new Table("t", ["channel", "revenue"], [[name, 5.0], ["short", 3.0]]));

        Assert.That(text, Does.Contain("…").And.Contain("short").And.Contain("$5").And.Contain("$3"));
    }

    [TestCase("bar x=channel y=revenue low=low", "low and high go together")]
    [TestCase("line x=channel y=revenue low=low high=high", "low and high go together")]
    [TestCase("pie x=channel y=revenue", "a chart begins with its type")]
    [TestCase("bar x=channel y=revenue wihtout=direct", "unknown chart key 'wihtout'")]
    public void A_header_that_asks_for_what_cannot_be_is_an_error(string header, string message) =>
        Assert.That(() => ChartSpec.Parse(header), Throws.TypeOf<FormatException>().With.Message.Contains(message));

    [Test]
    public void The_same_chart_is_the_same_bytes()
    {
        var spec = ChartSpec.Parse("bar x=channel y=revenue low=low high=high");
        var formats = ColumnFormats.Parse("revenue money");

        var (png, svg) = (ChartRenderer.Png(spec, Channels, formats, "T"), ChartRenderer.Svg(spec, Channels, formats, "T"));
        Assert.That(ChartRenderer.Png(spec, Channels, formats, "T"), Is.EqualTo(png));
        Assert.That(ChartRenderer.Svg(spec, Channels, formats, "T"), Is.EqualTo(svg));
    }

    private static string TextOf(string header, Table table)
    {
        var chart = new ChartItem(ChartSpec.Parse(header), table, ColumnFormats.Parse("revenue money, low money, high money").In("USD"), "A chart");
        var document = new SummaryDocument { Title = "T", Subtitle = "S", Sections = [new SummarySection("Figures", [chart])] };
        using var pdf = PdfDocument.Open(ExecutiveSummary.Pdf(document));
        return string.Join('\n', pdf.GetPages().Select(page => string.Join(' ', page.GetWords().Select(word => word.Text))));
    }
}
