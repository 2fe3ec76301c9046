using System.Globalization;
using System.Text;
using Clickpath.Engines;
using Clickpath.Loading;

namespace Clickpath.Tests.Loading;

/// <summary>A load that builds on an earlier one ends with the same tables as a load of all files.</summary>
public sealed class IncrementalLoadTests
{
    private const int Steps = 25;

    private static readonly string[] Tables =
    [
        "input_files", "file_days", "input_columns", "rejected_rows", "clients", "pages", "parameter_sets", "referrers", "user_agents",
        "payloads", "raw_events", "raw_orders", "raw_order_items", "payload_field_counts", "calendar",
    ];

    // Days in and out of order, several files of a day, a file without a date, one whose name sorts before its day.
    private static readonly string[] Names =
    [
        "events_20250223.csv", "events_20250224.csv", "events_20250225.csv", "events_20250226.csv", "a_2025-02-28.csv",
        "events_20250224_late.csv", "events_20250224_app.csv", "corrections.csv", "extra.csv",
    ];

    private TempFolder _temp = null!;

    private string Export => Path.Combine(_temp.Path, "export");

    [SetUp]
    public void Make()
    {
        _temp = new TempFolder();
        Directory.CreateDirectory(Export);
    }

    [TearDown]
    public void Remove() => _temp.Dispose();

    [Test]
    public void Only_a_new_file_is_parsed()
    {
        Write("events_20250223.csv", 1);
        using var engine = LoadedExport.Open("sqlite", Path.Combine(_temp.Path, "events.db"));
        Load(engine);
        Write("events_20250224.csv", 2);
        Write("events_20250222.csv", 3);

        Assert.That(Load(engine).Files.Select(f => (f.Name, f.IsReused)), Is.EqualTo(new[] { ("events_20250222.csv", false), ("events_20250223.csv", true), ("events_20250224.csv", false) }));
    }

    [Test]
    public void A_text_goes_with_the_last_file_that_has_it()
    {
        Write("events_20250223.csv", "only here", "https://shop.example/a?gclid=1");
        Write("events_20250224.csv", "in both", "https://shop.example/b");
        Write("events_20250225.csv", "in both", "https://shop.example/b");
        using var engine = LoadedExport.Open("sqlite", Path.Combine(_temp.Path, "events.db"));
        Load(engine);
        File.Delete(Path.Combine(Export, "events_20250223.csv"));
        File.Delete(Path.Combine(Export, "events_20250225.csv"));
        Load(engine);

        Assert.That(LoadedExport.Rows(engine, "SELECT client_id FROM clients"), Is.EqualTo(new[] { "in both" }));
        Assert.That(LoadedExport.Rows(engine, "SELECT page_url FROM pages"), Is.EqualTo(new[] { "https://shop.example/b" }));
        Assert.That(LoadedExport.Rows(engine, "SELECT parameter_names FROM parameter_sets"), Is.Empty);
    }

    [Test]
    public void Any_sequence_of_changes_ends_as_a_load_of_all([Values("sqlite", "duckdb")] string name, [Range(1, 4)] int seed)
    {
        var random = new Random(seed);
        using var engine = LoadedExport.Open(name, Path.Combine(_temp.Path, "events.db"));
        var history = new List<string>();
        for (var step = 0; step < (name == "sqlite" ? Steps : 6); step++)
        {
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                history.Add(Change(random));
            if (!Directory.EnumerateFiles(Export).Any())
                Write("events_20250223.csv", random.Next());
            Load(engine);

            using var fresh = LoadedExport.Open(name, Path.Combine(_temp.Path, $"fresh{step}.db"));
            Load(fresh);
            foreach (var table in Tables)
                Assert.That(Rows(engine, table), Is.EqualTo(Rows(fresh, table)), $"{table} after {string.Join(", ", history)}");
        }
    }

    private static string[] Rows(IEngine engine, string table)
    {
        var rows = LoadedExport.Rows(engine, $"SELECT * FROM {table}");
        return engine.Name == "sqlite" ? rows : [.. rows.Order(StringComparer.Ordinal)];
    }

    private string Change(Random random)
    {
        var name = Names[random.Next(Names.Length)];
        var path = Path.Combine(Export, name);
        if (!File.Exists(path))
        {
            Write(name, random.Next());
            return "added " + name;
        }

        switch (random.Next(4))
        {
            case 0:
                File.Delete(path);
                return "removed " + name;
            case 1:
                var lines = File.ReadAllLines(path);
                lines[random.Next(1, lines.Length)] = Record(new Random(random.Next()));
                File.WriteAllLines(path, lines);
                return "corrected a row of " + name;
            case 2:
                var other = Names[random.Next(Names.Length)];
                File.Move(path, Path.Combine(Export, other), overwrite: true);
                return $"renamed {name} to {other}";
            default:
                Write(name, random.Next());
                return "replaced " + name;
        }
    }

    private LoadSummary Load(IEngine engine) => LoadedExport.Load(engine, InputFiles.Find(Export), "America/New_York");

    private void Write(string name, int seed)
    {
        var random = new Random(seed);
        var csv = new StringBuilder(LoadedExport.Header + (random.Next(3) == 0 ? ",extra" : "") + "\n");
        for (var i = random.Next(1, 40); i > 0; i--)
            csv.Append(Record(random)).Append('\n');
        File.WriteAllText(Path.Combine(Export, name), csv.ToString());
    }

    private void Write(string name, string client, string page) =>
        File.WriteAllText(Path.Combine(Export, name), $"{LoadedExport.Header}\n{client},{page},,2025-02-23T10:00:00Z,page_viewed,,Mozilla\n");

    // Few distinct values, so that files share most of their texts and not all.
    private static string Record(Random random) => string.Join(',',
        random.Next(8) == 0 ? "" : "client " + random.Next(30),
        $"https://shop.example/p{random.Next(20)}" + (random.Next(3) == 0 ? $"?utm_source=s{random.Next(4)}&gclid=1" : ""),
        random.Next(3) == 0 ? "" : $"https://r{random.Next(10)}.example/",
        random.Next(20) == 0 ? "soon" : new DateTime(2025, 2, 20).AddMinutes(random.Next(14_400)).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        random.Next(5) == 0 ? "checkout_completed" : "page_viewed",
        random.Next(5) == 0 ? $"\"{{\"\"transaction_id\"\":\"\"{random.Next(50)}\"\",\"\"revenue\"\":{random.Next(99)},\"\"items\"\":[{{\"\"item_id\"\":\"\"{random.Next(9)}\"\"}}]}}\"" : "",
        "Mozilla " + random.Next(12))
        + (random.Next(25) == 0 ? ",too,many,fields" : "");
}
