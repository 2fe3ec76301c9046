using System.Globalization;
using System.Text;

namespace Clickpath.Tests.Loading;

/// <summary>An export whose files are added, late, corrected, renamed and removed, at random but the same for the same seed.</summary>
internal sealed class ChangingExport(string folder, int seed)
{
    // Days in and out of order, several files of a day, files without a date, one whose name sorts before its day.
    private static readonly string[] Names =
    [
        "events_20250223.csv", "events_20250224.csv", "events_20250225.csv", "events_20250226.csv", "a_2025-02-28.csv",
        "events_20250224_late.csv", "events_20250224_app.csv", "corrections.csv", "extra.csv",
    ];

    private readonly Random _random = new(seed);

    public string Folder { get; } = Directory.CreateDirectory(folder).FullName;

    /// <summary>Makes up to three changes, and says which; a file is there at the end.</summary>
    public string Change()
    {
        var changes = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => ChangeOne()).ToList();
        if (!Directory.EnumerateFiles(Folder).Any())
            Write(Names[0], _random.Next());
        return string.Join(", ", changes);
    }

    public void Write(string name, int fileSeed)
    {
        var random = new Random(fileSeed);
        var csv = new StringBuilder(LoadedExport.Header + (random.Next(3) == 0 ? ",extra" : "") + "\n");
        for (var i = random.Next(1, 40); i > 0; i--)
            csv.Append(Record(random)).Append('\n');
        Write(name, csv.ToString());
    }

    public void Write(string name, string csv) => File.WriteAllText(Path.Combine(Folder, name), csv);

    public void Remove(string name) => File.Delete(Path.Combine(Folder, name));

    private string ChangeOne()
    {
        var name = Names[_random.Next(Names.Length)];
        var path = Path.Combine(Folder, name);
        if (!File.Exists(path))
        {
            Write(name, _random.Next());
            return "added " + name;
        }

        switch (_random.Next(4))
        {
            case 0:
                Remove(name);
                return "removed " + name;
            case 1:
                var lines = File.ReadAllLines(path);
                lines[_random.Next(1, lines.Length)] = Record(_random);
                File.WriteAllLines(path, lines);
                return "corrected a row of " + name;
            case 2:
                var other = Names[_random.Next(Names.Length)];
                File.Move(path, Path.Combine(Folder, other), overwrite: true);
                return $"renamed {name} to {other}";
            default:
                Write(name, _random.Next());
                return "replaced " + name;
        }
    }

    // Few distinct values, so that files share most of their texts and not all, and sessions span the files' edges.
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
