using Clickpath.Engines;
using Clickpath.Loading;

namespace Clickpath.Tests.Loading;

/// <summary>A load that builds on an earlier one ends with the same tables as a load of all files.</summary>
public sealed class IncrementalLoadTests
{
    private const int Steps = 25;

    private static readonly string[] Tables =
    [
        "input_files", "file_days", "input_columns", "rejected_rows", "clients", "pages", "places", "parameter_sets", "referrers", "user_agents",
        "payloads", "raw_events", "raw_orders", "raw_order_items", "payload_field_counts", "notation_counts", "calendar",
    ];

    private TempFolder _temp = null!;

    [SetUp]
    public void Make() => _temp = new TempFolder();

    [TearDown]
    public void Remove() => _temp.Dispose();

    [Test]
    public void Only_a_new_file_is_parsed()
    {
        var export = Export(0);
        export.Write("events_20250223.csv", 1);
        using var engine = LoadedExport.Open("sqlite", Path.Combine(_temp.Path, "events.db"));
        Load(engine, export);
        export.Write("events_20250224.csv", 2);
        export.Write("events_20250222.csv", 3);

        Assert.That(Load(engine, export).Files.Select(f => (f.Name, f.IsReused)), Is.EqualTo(new[] { ("events_20250222.csv", false), ("events_20250223.csv", true), ("events_20250224.csv", false) }));
    }

    [Test]
    public void A_text_goes_with_the_last_file_that_has_it()
    {
        var export = Export(0);
        export.Write("events_20250223.csv", Csv("only here", "https://shop.example/a?gclid=1"));
        export.Write("events_20250224.csv", Csv("in both", "https://shop.example/b"));
        export.Write("events_20250225.csv", Csv("in both", "https://shop.example/b"));
        using var engine = LoadedExport.Open("sqlite", Path.Combine(_temp.Path, "events.db"));
        Load(engine, export);
        export.Remove("events_20250223.csv");
        export.Remove("events_20250225.csv");
        Load(engine, export);

        Assert.That(LoadedExport.Rows(engine, "SELECT client_id FROM clients"), Is.EqualTo(new[] { "in both" }));
        Assert.That(LoadedExport.Rows(engine, "SELECT page_url FROM pages"), Is.EqualTo(new[] { "https://shop.example/b" }));
        Assert.That(LoadedExport.Rows(engine, "SELECT path FROM places"), Is.EqualTo(new[] { "/b" }));
        Assert.That(LoadedExport.Rows(engine, "SELECT parameter_names FROM parameter_sets"), Is.Empty);
    }

    [Test]
    public void Of_files_that_can_no_longer_be_read_the_first_is_named()
    {
        var export = Export(0);
        foreach (var day in (string[])["23", "24", "25"])
            export.Write($"events_202502{day}.csv", 1);
        using var engine = LoadedExport.Open("sqlite", Path.Combine(_temp.Path, "events.db"));
        Load(engine, export);
        var files = InputFiles.Find(export.Folder);
        export.Remove("events_20250224.csv");
        export.Remove("events_20250225.csv");

        Assert.That(() => LoadedExport.Load(engine, files, "America/New_York"), Throws.TypeOf<ClickpathException>().With.Message.StartsWith("events_20250224.csv: "));
    }

    [Test]
    public void Any_sequence_of_changes_ends_as_a_load_of_all([Values("sqlite", "sqlite, texts waiting", "duckdb")] string name, [Range(1, 4)] int seed)
    {
        var export = Export(seed);
        using var engine = LoadedExport.Open(name, Path.Combine(_temp.Path, "events.db"));
        var history = new List<string>();
        for (var step = 0; step < (name == "duckdb" ? 6 : Steps); step++)
        {
            history.Add(export.Change());
            Load(engine, export);

            using var fresh = LoadedExport.Open(name.Split(',')[0], Path.Combine(_temp.Path, $"fresh{step}.db"));
            Load(fresh, export);
            foreach (var table in Tables)
                Assert.That(Rows(engine, table), Is.EqualTo(Rows(fresh, table)), $"{table} after {string.Join(", ", history)}");
        }
    }

    private static string[] Rows(IEngine engine, string table)
    {
        var rows = LoadedExport.Rows(engine, $"SELECT * FROM {table}");
        return engine.Name == "sqlite" ? rows : [.. rows.Order(StringComparer.Ordinal)];
    }

    private ChangingExport Export(int seed) => new(Path.Combine(_temp.Path, "export"), seed);

    private static LoadSummary Load(IEngine engine, ChangingExport export) => LoadedExport.Load(engine, InputFiles.Find(export.Folder), "America/New_York");

    private static string Csv(string client, string page) => $"{LoadedExport.Header}\n{client},{page},,2025-02-23T10:00:00Z,page_viewed,,Mozilla\n";
}
