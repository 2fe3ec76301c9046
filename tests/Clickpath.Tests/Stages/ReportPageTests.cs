using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CsvHelper;

namespace Clickpath.Tests.Stages;

/// <summary>What <c>report.html</c> says is what the CSVs hold.</summary>
public sealed partial class ReportPageTests
{
    private readonly TempFolder _temp = new();
    private XElement _page = null!;

    [OneTimeSetUp]
    public void Run()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Sql, "*.sql", SearchOption.AllDirectories))
            _temp.Write(Path.Combine("sql", Path.GetRelativePath(Repository.Sql, file)), File.ReadAllText(file));
        _temp.Write("sql/analyze/orders_by_hour.sql", """
            -- title: Orders <by> hour
            -- description: When people buy.
            -- section: Revenue
            -- chart: bar x=hour y=orders
            SELECT hour_of_day AS hour, COUNT(*) AS orders FROM events WHERE event_kind = 'purchase' GROUP BY hour_of_day ORDER BY hour_of_day
            """);
        using var pipeline = new Pipeline(new PipelineOptions { Events = Repository.Sample, Artifacts = Artifacts, Sql = Path.Combine(_temp.Path, "sql"), FailOn = FailOn.None });
        pipeline.DataQuality();
        pipeline.Transform();
        pipeline.Analyze();
        pipeline.Publish();
        // The script is JavaScript, not markup; all else must be well-formed, which unescaped text is not.
        _page = XElement.Parse(Regex.Replace(File.ReadAllText(Path.Combine(Artifacts, "analyze", "report.html")), "<script>.*?</script>|<!doctype html>", "", RegexOptions.Singleline), LoadOptions.PreserveWhitespace);
    }

    [OneTimeTearDown]
    public void End() => _temp.Dispose();

    [Test]
    public void Every_cell_of_every_table_is_a_cell_of_its_csv()
    {
        var compared = 0;
        foreach (var article in Articles().Where(a => a.Descendants("table").Any()))
        {
            var csv = Csv(article.Attribute("id")!.Value);
            var rows = article.Descendants("tbody").Single().Elements("tr").Select(row => row.Elements().ToList()).ToList();
            Assert.That(rows, Has.Count.EqualTo(Math.Min(csv.Count, 500)), article.Attribute("id")!.Value);
            foreach (var (row, cells) in csv.Zip(rows))
            {
                Assert.That(cells.Select((cell, i) => (string?)cell.Attribute("data-v") ?? (row[i].Length == 0 ? "" : row[i].StartsWith('\'') ? "'" + cell.Value : cell.Value)), Is.EqualTo(row));
                compared += row.Length;
            }
        }
        Assert.That(compared, Is.GreaterThan(200));
    }

    [Test]
    public void Every_number_of_a_sentence_or_card_stands_in_the_csv_that_it_links_to()
    {
        var checkedNumbers = 0;
        foreach (var finding in _page.Descendants("ul").Where(ul => (string?)ul.Attribute("class") == "findings").Elements("li"))
            checkedNumbers += Stands(finding.Elements("div").Single(), finding.Descendants("a").Single(a => (string?)a.Attribute("class") == "from").Attribute("href")!.Value[1..]);
        foreach (var card in _page.Descendants("li").Where(li => ((string?)li.Attribute("class"))?.StartsWith("card", StringComparison.Ordinal) == true))
            checkedNumbers += card.Elements("p").Skip(1).Sum(p => Stands(p, "headline_figures"));
        Assert.That(checkedNumbers, Is.GreaterThan(10));
    }

    [Test]
    public void Every_report_has_its_sql_its_csv_and_a_place_in_the_contents()
    {
        var contents = _page.Descendants("nav").Single().Descendants("a").Select(a => a.Attribute("href")!.Value[1..]).ToList();
        var articles = Articles().ToList();
        Assert.Multiple(() =>
        {
            foreach (var article in articles)
            {
                var name = article.Attribute("id")!.Value;
                var sql = File.ReadAllText(Path.Combine(_temp.Path, "sql", "analyze", name + ".sql"));
                Assert.That(sql, Does.Contain(article.Descendants("code").Single().Value.TrimEnd()), name);
                Assert.That(article.Descendants("a").Select(a => (string?)a.Attribute("href")), Does.Contain(name + ".csv"));
                Assert.That(article.Descendants("table").Any(), Is.EqualTo(contents.Contains(name)), name);
            }
        });
        Assert.That(articles.Select(a => a.Attribute("id")!.Value + ".csv").Order(StringComparer.Ordinal),
            Is.EqualTo(Directory.EnumerateFiles(Path.Combine(Artifacts, "analyze"), "*.csv").Select(Path.GetFileName).Where(name => name != "currency.csv").Order(StringComparer.Ordinal)));
    }

    [Test]
    public void A_report_is_one_file_in_the_page_too()
    {
        var article = Articles().Single(a => a.Attribute("id")!.Value == "orders_by_hour");

        Assert.That(article.Element("h3")!.Value, Is.EqualTo("Orders <by> hour"));
        Assert.That(article.Descendants("svg").Count(), Is.EqualTo(2));
        Assert.That(article.Ancestors("section").Single().Attribute("id")!.Value, Is.EqualTo("figures-revenue"));
    }

    private string Artifacts => Path.Combine(_temp.Path, "artifacts");

    private IEnumerable<XElement> Articles() => _page.Descendants("article");

    private List<string[]> Csv(string name)
    {
        using var csv = new CsvParser(new StreamReader(Path.Combine(Artifacts, "analyze", name + ".csv")), CultureInfo.InvariantCulture);
        var rows = new List<string[]>();
        while (csv.Read())
            rows.Add([.. csv.Record!]);
        return rows[1..];
    }

    // A number is as the CSV has it, or rounded from it, or the percentage of it; words and dates of the sentence itself are left out.
    private int Stands(XElement said, string source)
    {
        var csv = Csv(source);
        var words = string.Join(' ', csv.SelectMany(row => row));
        var values = csv.SelectMany(row => row).Select(cell => decimal.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var v) ? v : (decimal?)null).OfType<decimal>().ToList();
        var numbers = Number().Matches(string.Concat(said.Nodes().OfType<XText>().Select(text => text.Value)).Replace('−', '-'));
        foreach (Match match in numbers)
        {
            var text = match.Groups["n"].Value.Replace(",", "", StringComparison.Ordinal);
            var number = decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            var half = 0.5m / (decimal)Math.Pow(10, text.Contains('.') ? text.Length - text.IndexOf('.') - 1 : 0);
            var percent = match.Groups["percent"].Length > 0;
            Assert.That(values.Exists(v => Math.Abs(Math.Abs((percent ? 100 : 1) * v) - Math.Abs(number)) <= half) || words.Contains(match.Value, StringComparison.Ordinal),
                $"'{match.Value}' of '{said.Value}' is not in {source}.csv");
        }
        return numbers.Count;
    }

    [GeneratedRegex(@"(?<![\w.-])(?<n>-?\d[\d,]*(\.\d+)?)(?<percent>%)?(?![\w-])")]
    private static partial Regex Number();
}
