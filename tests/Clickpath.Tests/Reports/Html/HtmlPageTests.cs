using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Clickpath.Reports;
using Clickpath.Reports.Html;
using Clickpath.Reports.Summary;

namespace Clickpath.Tests.Reports.Html;

public sealed partial class HtmlPageTests
{
    private const string Hostile = "</script><script>alert(1)</script>\"'`<img src=x onerror=alert(1)>&amp;{{7*7}}\u2028\u202Eevil\u0000\uD800";

    [Test]
    public void What_fills_a_hole_is_escaped_and_what_the_code_writes_is_not()
    {
        var name = "<b title=\"'`\">&";
        Assert.That(Markup.Of($"<td>{name}</td>").ToString(), Is.EqualTo("<td>&lt;b title=&quot;&#39;&#96;&quot;&gt;&amp;</td>"));
    }

    [Test]
    public void Markup_in_a_hole_is_not_escaped_again()
    {
        var inner = Markup.Of($"<b>{"<"}</b>");
        Assert.That(Markup.Of($"<p>{inner}{new[] { inner, inner }}{1234}</p>").ToString(), Is.EqualTo("<p><b>&lt;</b><b>&lt;</b><b>&lt;</b>1234</p>"));
    }

    [Test]
    public void Invisible_characters_that_make_a_page_read_otherwise_are_gone()
        => Assert.That(Markup.Of($"{"a\u202Eb\u200Bc\u0000d\u2028e\uD800\n\tf"}").ToString(), Is.EqualTo("abc d e\uFFFD\n\tf"));

    [Test]
    public void A_page_of_hostile_text_is_well_formed_and_has_no_script_but_its_own()
    {
        var page = Page(Hostile).ToString();
        var body = Parsed(page);

        Assert.Multiple(() =>
        {
            Assert.That(Regex.Count(page, "<script"), Is.EqualTo(1));
            Assert.That(body.Descendants().Attributes().Where(a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || a.Name == "style" || a.Value.StartsWith("javascript:", StringComparison.Ordinal)), Is.Empty);
            Assert.That(body.Descendants("h1").Single().Value, Does.StartWith("</script><script>alert(1)</script>"));
        });
    }

    [Test]
    public void The_policy_allows_the_pages_own_script_and_style_and_nothing_from_elsewhere()
    {
        var page = Page("A page").ToString();
        var policy = PolicyText().Match(page).Groups[1].Value.Replace("&#39;", "'", StringComparison.Ordinal);

        Assert.That(policy, Does.StartWith("default-src 'none';"));
        foreach (var tag in new[] { "script", "style" })
        {
            var content = Regex.Match(page, $"<{tag}>(.*?)</{tag}>", RegexOptions.Singleline).Groups[1].Value;
            Assert.That(policy, Does.Contain($"{tag}-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'"), tag);
        }
        Assert.That(page, Does.Not.Contain("http://").And.Not.Contain("https://"));
    }

    [Test]
    public void A_table_keeps_each_value_as_the_csv_has_it_beside_what_people_read()
    {
        var table = new Table("rates", ["channel", "revenue", "rate"], [["<b>", 1234567.5, 0.0123], ["mail", null, null]]);
        var cells = XElement.Parse("<x>" + HtmlTable.From(table, ColumnFormats.Parse("revenue money, rate percent 1"), "Rates").ToMarkup() + "</x>")
            .Descendants("tbody").Elements("tr").Select(row => row.Elements().Select(cell => (cell.Value, cell.Attribute("data-v")?.Value)).ToList()).ToList();

        Assert.That(cells[0], Is.EqualTo(new (string, string?)[] { ("<b>", null), ("1,234,567.50", "1234567.50"), ("1.2%", "0.012") }));
        Assert.That(cells[1], Is.EqualTo(new (string, string?)[] { ("mail", null), ("–", ""), ("–", "") }));
    }

    [Test]
    public void A_table_longer_than_a_page_holds_says_so()
    {
        var table = new Table("long_one", ["a"], [.. Enumerable.Range(0, HtmlTable.MostRows + 5).Select(i => new object?[] { (long)i })]);
        var html = HtmlTable.From(table, ColumnFormats.None, "Long").ToMarkup().ToString();

        Assert.That(Regex.Count(html, "<tr>"), Is.EqualTo(HtmlTable.MostRows + 1));
        Assert.That(html, Does.Contain("The first 500 rows; all are in long_one.csv."));
    }

    private static HtmlPage Page(string text) => new()
    {
        Title = text,
        Subtitle = text,
        Figures = [new Figure(text, text, text, Tone.Bad)],
        Lead = Elements.Status("critical", text),
        Sections =
        [
            new HtmlSection("a", text, Elements.Findings([(Tone.Good, Markup.Of($"{text}"))])),
            new HtmlSection("b", text, HtmlTable.From(new Table("t", ["x"], [[text]]), ColumnFormats.None, text).ToMarkup()) { Parts = [("c", text)] },
        ],
        Foot = Markup.Of($"{text}"),
    };

    // The script is JavaScript, not markup; all else must be well-formed, which unescaped text is not.
    private static XElement Parsed(string page) => XElement.Parse(Regex.Replace(page, "<script>.*?</script>|<!doctype html>", "", RegexOptions.Singleline));

    [GeneratedRegex("Content-Security-Policy\" content=\"([^\"]*)\"")]
    private static partial Regex PolicyText();
}
