using System.Text.RegularExpressions;
using System.Xml.Linq;
using Clickpath.Engines;
using Clickpath.Sql;
using Dapper;

namespace Clickpath.Tests;

/// <summary>The catalogue is written without a run, and leaves nothing out.</summary>
public sealed class DocumentationTests
{
    private readonly TempFolder _temp = new();
    private SqlCatalog _catalog = null!;
    private XElement _page = null!;

    [OneTimeSetUp]
    public void Write()
    {
        _catalog = SqlCatalog.Read(Repository.Sql, "sqlite", new Dictionary<string, string>());
        var path = Documentation.Write(new PipelineOptions { Sql = Repository.Sql, Artifacts = Artifacts });
        _page = XElement.Parse(Regex.Replace(File.ReadAllText(path), "<script>.*?</script>|<!doctype html>", "", RegexOptions.Singleline), LoadOptions.PreserveWhitespace);
    }

    [OneTimeTearDown]
    public void End() => _temp.Dispose();

    [Test]
    public void Every_file_has_an_entry_with_its_description_and_sql_and_a_place_in_the_map()
    {
        var map = _page.Descendants("svg").Single().Descendants("a").Select(a => a.Attribute("href")!.Value).ToHashSet();
        foreach (var file in _catalog.Files)
        {
            var id = $"{file.Folder.Name}-{file.Name}";
            var entry = Entry(id);
            Assert.That(entry.Value, Does.Contain(file["description"]), id);
            Assert.That(entry.Descendants("pre").First().Value, Is.EqualTo(file.Body), id);
            Assert.That(entry.Descendants("pre").Count(), Is.EqualTo(file.Samples is null ? 1 : 2), id);
            Assert.That(map, Does.Contain("#" + id));
        }
    }

    [Test]
    public void Load_tables_have_the_columns_that_the_engine_makes_of_the_schema()
    {
        using var engine = new SqliteEngine(":memory:");
        foreach (var (_, ddl) in _catalog.Schema)
            engine.ExecuteSchema(ddl);
        var tables = engine.Connection.Query<string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").ToList();
        var read = _catalog.Schema.SelectMany(schema => LoadTable.Read(schema.Text)).ToList();

        Assert.That(read.Select(table => table.Name).Order(StringComparer.Ordinal), Is.EqualTo(tables));
        foreach (var table in read)
        {
            Assert.That(table.Columns.Select(column => column.Name), Is.EqualTo(engine.Connection.Query<string>("SELECT name FROM pragma_table_info(@Name)", new { table.Name })), table.Name);
            Assert.That(Entry("load-" + table.Name).Descendants("tbody").Elements("tr").Select(row => row.Elements().First().Value), Is.EqualTo(table.Columns.Select(column => column.Name)));
        }
    }

    [Test]
    public void Columns_are_those_that_the_select_gives()
        => Assert.That(Fact("transform-weeks", "Columns").Split(' ', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(Names("weeks")));

    [Test]
    public void What_a_header_says_of_storage_and_output_is_told() => Assert.Multiple(() =>
    {
        Assert.That(Fact("transform-sessions", "Stored in the order of"), Is.EqualTo(_catalog.Table("sessions")!["cluster"]));
        Assert.That(Fact("transform-sessions", "Made anew for single values of"), Is.EqualTo(_catalog.Table("sessions")!["incremental"]));
        Assert.That(Fact("transform-events", "Written to"), Is.EqualTo("transform/cleaned_events.parquet"));
        Assert.That(Fact("transform-events", "A file for each"), Does.StartWith("event_date, from "));
    });

    [Test]
    public void What_a_table_reads_and_what_reads_it_are_links_both_ways()
    {
        var links = _page.Descendants("article").ToDictionary(a => a.Attribute("id")!.Value, a => (Reads: Chips(a, "Reads"), ReadBy: Chips(a, "Read by")));

        Assert.That(links["transform-sessions"].Reads, Does.Contain("#transform-event_stream"));
        foreach (var (id, (reads, _)) in links)
            foreach (var source in reads)
                Assert.That(links[source[1..]].ReadBy, Does.Contain("#" + id));
        Assert.That(links.Values.Sum(link => link.Reads.Count), Is.EqualTo(links.Values.Sum(link => link.ReadBy.Count)).And.GreaterThan(50));
    }

    [Test]
    public void A_column_leads_to_those_it_is_made_of_and_to_those_that_are_made_of_it_back_to_the_export()
    {
        var channel = Row("transform-sessions.channel").Elements("td").ToList();

        Assert.That(Hrefs(channel[0]), Is.EqualTo(new[] { "#transform-page_details.utm_source" }));
        Assert.That(Hrefs(channel[1]), Does.Contain("#transform-users.first_channel"));
        Assert.That(Hrefs(Row("transform-page_details.utm_source").Elements("td").First()), Is.EqualTo(new[] { "#load-places.utm_source" }));
        Assert.That(Row("load-places.utm_source").Value, Does.Contain("of the export's page_url"));
    }

    [Test]
    public void Every_link_leads_to_a_place_in_the_page()
    {
        var places = _page.DescendantsAndSelf().Attributes("id").Select(id => id.Value).ToHashSet();

        Assert.That(Hrefs(_page).Where(href => href.StartsWith('#') && !places.Contains(href[1..])), Is.Empty);
    }

    [Test]
    public void What_is_read_by_none_of_the_files_says_who_reads_it() =>
        Assert.That(Fact("reference-column_aliases", "Read by"), Does.Contain("the loader"));

    [Test]
    public void In_the_map_everything_stands_to_the_right_of_what_it_reads()
    {
        var layers = _page.Descendants("svg").Single().Descendants("a").ToDictionary(a => a.Attribute("href")!.Value[1..], a => (int)a.Attribute("data-layer")!);
        foreach (var file in _catalog.Files.Where(file => file.Folder != Folder.Analyze))
            foreach (var source in Chips(Entry($"{file.Folder.Name}-{file.Name}"), "Reads"))
                Assert.That(layers[source[1..]], Is.LessThan(layers[$"{file.Folder.Name}-{file.Name}"]), $"{source} -> {file.Name}");
    }

    [Test]
    public void A_run_takes_a_folder_that_holds_the_catalogue_alone_and_keeps_it()
    {
        using (var folder = new Clickpath.Runs.RunFolder(Artifacts))
        {
            File.WriteAllText(folder.PathOf("run.json"), "{}");
            folder.Publish();
        }

        Assert.That(File.Exists(Path.Combine(Artifacts, "run.json")) && File.Exists(Path.Combine(Artifacts, Documentation.FileName)));
    }

    private string Artifacts => Path.Combine(_temp.Path, "artifacts");

    private XElement Entry(string id) => _page.Descendants("article").Single(a => a.Attribute("id")!.Value == id);

    private static IEnumerable<string> Hrefs(XElement within) => within.Descendants("a").Attributes("href").Select(href => href.Value);

    private XElement Row(string column) => _page.Descendants("code").Single(code => code.Attribute("id")?.Value == column).Ancestors("tr").Single();

    private string Fact(string id, string term) => Entry(id).Descendants("dt").Single(dt => dt.Value == term).ElementsAfterSelf("dd").Single().Value;

    private static List<string> Chips(XElement entry, string term) => [.. entry.Descendants("dt").Where(dt => dt.Value == term)
        .SelectMany(dt => dt.ElementsAfterSelf("dd").Single().Elements("a")).Select(a => a.Attribute("href")!.Value)];

    private List<string> Names(string model)
    {
        using var engine = new SqliteEngine(":memory:");
        foreach (var (_, ddl) in _catalog.Schema)
            engine.ExecuteSchema(ddl);
        foreach (var _ in new SqlRunner(engine, _catalog).Make(_catalog.Models.Single(m => m.Name == model)))
        {
            // each is made as it is asked for
        }

        return [.. engine.Connection.Query<string>("SELECT name FROM pragma_table_info(@model)", new { model })];
    }
}
