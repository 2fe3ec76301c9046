using System.Text.RegularExpressions;

namespace Clickpath.Tests.Runs;

/// <summary>What an analyst does to a folder of SQL files, at random but the same for the same seed.</summary>
internal sealed partial class SqlEdits(string folder, int seed)
{
    private readonly Random _random = new(seed);
    private int _added;

    /// <summary>Makes an edit, and says which.</summary>
    public string Edit()
    {
        switch (_random.Next(6))
        {
            case 0:
                var name = $"added_{++_added}";
                File.WriteAllText(Path.Combine(folder, "analyze", name + ".sql"), $"-- title: {name}\n-- description: D\n-- section: Revenue\n-- chart: bar x=device_type y=orders\nSELECT device_type, COUNT(*) AS orders FROM orders GROUP BY device_type ORDER BY device_type");
                return "added " + name;
            case 1 when Any("added_*.sql") is { } added:
                File.Delete(added);
                return "removed " + Path.GetFileName(added);
            case 2 when Any("*.sql", text => Parameter().IsMatch(text)) is { } file:
                File.WriteAllText(file, Parameter().Replace(File.ReadAllText(file), match => $"{match.Groups[1].Value}{int.Parse(match.Groups[2].Value) + 1}", 1));
                return "another parameter in " + Path.GetFileName(file);
            case 3 when Any("*.sql", text => text.Contains("\n-- title: ", StringComparison.Ordinal) || text.StartsWith("-- title: ", StringComparison.Ordinal)) is { } file:
                File.WriteAllText(file, File.ReadAllText(file).Replace("-- title: ", "-- title: New ", StringComparison.Ordinal));
                return "another title in " + Path.GetFileName(file);
            case 4:
                var taxonomy = Path.Combine(folder, "reference", "event_taxonomy.sql");
                File.WriteAllText(taxonomy, File.ReadAllText(taxonomy).Replace("'page_viewed'", $"'page_viewed_{_random.Next(100)}'", StringComparison.Ordinal));
                return "another taxonomy";
            default:
                var model = Any("*.sql")!;
                File.WriteAllText(model, File.ReadAllText(model).TrimEnd() + "\n-- looked at again\n");
                return "a comment in " + Path.GetFileName(model);
        }
    }

    private string? Any(string pattern, Func<string, bool>? which = null)
    {
        var files = Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
            .Where(file => !file.Contains("schema", StringComparison.Ordinal) && which?.Invoke(File.ReadAllText(file)) != false)
            .Order(StringComparer.Ordinal).ToList();
        return files.Count == 0 ? null : files[_random.Next(files.Count)];
    }

    [GeneratedRegex(@"(-- param (?:session_timeout_minutes|lookback_days|day_edge_tolerance_hours): )(\d+)")]
    private static partial Regex Parameter();
}
