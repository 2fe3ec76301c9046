using System.Globalization;
using System.Text.Json;
using Clickpath.Sample;
using Clickpath.Sql;

namespace Clickpath.Benchmarks;

/// <summary>Clickpath against a DuckDB script on the same exports: whole processes, in turn, with the same results.</summary>
internal static class Comparison
{
    private const int Days = 14;

    // Clients with few and with many events, short and long URLs, few and many purchases: nothing may be tuned to one.
    private static readonly (string Name, Func<SampleOptions, SampleOptions> Of)[] Shapes =
    [
        ("usual", options => options),
        ("many events per client, long URLs", options => options with { PagesPerVisit = 6, ReturnShare = 0.5, UrlPadding = 200 }),
        ("many purchases", options => options with { OrdersPerDay = 0.05 * options.EventsPerDay }),
    ];

    // What the script writes, by our names.
    private static readonly string[] ScriptTables = ["events", "sessions", "users", "purchase_attribution", "order_items", "touchpoints"];

    // A run without checks has nothing to score: these say so, where the report on quality reads its scores.
    private static readonly (string Name, string Header, string Select)[] Unscored =
    [
        ("baseline", "grain: one row\n-- key: day_count", "SELECT 0 AS day_count, 0 AS baseline_days, NULL AS told"),
        ("quality_effects", "grain: no row\n-- key: check_name", "SELECT check_name, 0.0 AS share FROM check_results WHERE 1 = 0"),
        ("quality_scores", "grain: one row per file\n-- key: file_name", "SELECT file_name, record_count, 0 AS finding_count, 10000 AS score_hundredths, 10000 AS overall_hundredths FROM input_files"),
    ];

    /// <summary>Compares, and prints a Markdown table for each number of rows.</summary>
    /// <param name="host">Build.dll.</param>
    /// <param name="sql">The folder of SQL files.</param>
    /// <param name="script">The DuckDB script.</param>
    /// <param name="folder">For exports, which are kept, and for results, which are not.</param>
    /// <param name="rows">How many rows to try, roughly; of the first, all shapes.</param>
    /// <param name="times">How often each side runs, after one run to warm up.</param>
    public static int Run(string host, string sql, string script, string folder, IReadOnlyList<int> rows, int times)
    {
        var (alone, models) = Alone(sql, Path.Combine(folder, "sql"));
        Console.WriteLine($"{Machine()}; of {SqlCatalog.Read(sql, "sqlite", new Dictionary<string, string>()).Models.Count} tables and views the script's tables want {models}; medians of {times} runs after one to warm up, whole processes in turn, least and most in brackets.\n");
        var same = true;
        foreach (var (count, i) in rows.Select((count, i) => (count, i)))
        {
            foreach (var (name, shape) in Shapes.Take(i == 0 ? Shapes.Length : 1))
                same &= Compare(host, alone, script, folder, count, name, shape, times);
        }

        return same ? 0 : 1;
    }

    // The models that the script's tables are made of, and no others: a folder of SQL files for --sql.
    private static (string Folder, int Models) Alone(string sql, string folder)
    {
        var catalog = SqlCatalog.Read(sql, "sqlite", new Dictionary<string, string>());
        var wanted = catalog.Models.Where(model => ScriptTables.Contains(model.Name) || model.Name == "column_aliases").ToList(); // the loader reads the latter
        var files = wanted.SelectMany(catalog.Upstream).Concat(wanted).Distinct().ToList();
        Remove(folder);
        foreach (var path in catalog.Schema.Select(schema => schema.Path).Concat(files.Select(file => file.Path)))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Path.GetFileName(sql), path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(Path.GetDirectoryName(sql)!, path), copy);
        }

        foreach (var (name, header, select) in Unscored)
            File.WriteAllText(Path.Combine(folder, "transform", name + ".sql"), $"-- title: No {name}\n-- description: Nothing was checked.\n-- {header}\n{select}\n");
        return (folder, files.Count);
    }

    private static bool Compare(string host, string alone, string script, string folder, int rows, string shape, Func<SampleOptions, SampleOptions> of, int times)
    {
        var export = Path.Combine(folder, $"export-{rows}-{shape.Replace(' ', '-').Replace(",", "", StringComparison.Ordinal)}");
        if (!Directory.Exists(export))
            SampleShop.Write(of(new SampleOptions { Folder = export, Days = Days, EventsPerDay = rows / Days }));
        var (last, firstDays) = (Directory.EnumerateFiles(export).Order(StringComparer.Ordinal).Last(), Path.Combine(folder, "first-days"));
        Remove(firstDays);
        Directory.CreateDirectory(firstDays);
        foreach (var file in Directory.EnumerateFiles(export).Where(file => file != last))
            File.Copy(file, Path.Combine(firstDays, Path.GetFileName(file)));

        var (duckdb, same, transform, all, daily, other) = (Path.Combine(folder, "duckdb"), Path.Combine(folder, "same"), Path.Combine(folder, "transform"), Path.Combine(folder, "all"), Path.Combine(folder, "daily"), Path.Combine(folder, "other"));
        string[] Host(string target, string events, string artifacts, string force, string engine = "sqlite", params string[] more) =>
            [host, $"--target={target}", $"--events={events}", $"--artifacts={artifacts}", "--verbosity=quiet", $"--force={force}", $"--engine={engine}", "--schema=clickpath_benchmark", .. more];
        (string Name, Action Before, string[] Process) Engine(string name, string note) =>
            ($"Clickpath: all four stages, --engine={name}{note}", () => Remove(other), Host("Monitor", export, other, "true", name));
        List<(string Name, Action Before, string[] Process)> sides =
        [
            ("DuckDB script: load, transform, Parquet", () => Remove(duckdb), [typeof(Comparison).Assembly.Location, "duckdb", script, export, duckdb]),
            ("Clickpath: the script's tables alone", () => Remove(same), Host("Transform", export, same, "true", more: $"--sql={alone}")),
            ("Clickpath: load, transform, Parquet", () => Remove(transform), Host("Transform", export, transform, "true")),
            ("Clickpath: all four stages", () => Remove(all), Host("Monitor", export, all, "true")),
            ("Clickpath: one more day on thirteen", () => ProcessRun.Of(Host("Monitor", firstDays, daily, "false")), Host("Monitor", export, daily, "false")),
            ("Clickpath: nothing changed", () => { }, Host("Monitor", export, daily, "false")),
            Engine("duckdb", ""),
        ];
        if (Environment.GetEnvironmentVariable("CLICKPATH_CONNECTION") is { Length: > 0 })
            sides.Add(Engine("postgres", " (CPU and memory without the server's)"));
        var runs = sides.Select(_ => new List<ProcessRun>()).ToList();
        for (var turn = 0; turn <= times; turn++)
        {
            for (var side = 0; side < sides.Count; side++)
            {
                sides[side].Before();
                var run = ProcessRun.Of(sides[side].Process);
                if (turn > 0)
                    runs[side].Add(run);
            }
        }

        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(all, "run.json")));
        var records = manifest.RootElement.GetProperty("inputs").EnumerateArray().Sum(file => file.GetProperty("records").GetInt64());
        var bytes = Directory.EnumerateFiles(export).Sum(file => new FileInfo(file).Length);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"## {records:N0} rows, {bytes / 1e6:N0} MB: {shape}\n"));
        Console.WriteLine("| | wall s | CPU s | peak MB | rows a second | wall, of DuckDB's | memory, of DuckDB's | wall, of all four stages |\n|---|--:|--:|--:|--:|--:|--:|--:|");
        for (var side = 0; side < sides.Count; side++)
        {
            var (wall, peak) = (Median(runs[side], run => run.Seconds), Median(runs[side], run => run.PeakBytes));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {sides[side].Name} | {wall:0.00} ({runs[side].Min(run => run.Seconds):0.00} to {runs[side].Max(run => run.Seconds):0.00}) | {Median(runs[side], run => run.CpuSeconds):0.00} | {peak / 1e6:N0} | {records / wall:N0} | {wall / Median(runs[0], run => run.Seconds):0.00} | {peak / Median(runs[0], run => run.PeakBytes):0.00} | {wall / Median(runs[3], run => run.Seconds):0.00} |"));
        }

        PrintTimes(manifest.RootElement);
        var theirs = DuckDbScript.Figures(duckdb, "orders", "first_click", "last_click", "revenue_cents");
        var differences = new[] { same, transform }.SelectMany(run => Differences(theirs, DuckDbScript.Figures(
            Path.Combine(run, "transform"), "purchase_attribution", "first_click_channel", "last_click_channel", "revenue * 100"))).Distinct().ToList();
        Console.WriteLine(differences.Count == 0
            ? $"\nThe same on both sides: {theirs.Count} figures (sessions, orders, revenue, first and last click).\n"
            : $"\nNOT the same on both sides:\n{string.Join('\n', differences)}\n");
        return differences.Count == 0;
    }

    private static IEnumerable<string> Differences(IReadOnlyList<string> theirs, IReadOnlyList<string> ours) =>
        theirs.Except(ours).Select(line => "- DuckDB: " + line).Concat(ours.Except(theirs).Select(line => "- Clickpath: " + line));

    private static void PrintTimes(JsonElement manifest)
    {
        string Seconds(JsonElement part) => (part.GetProperty("duration_ms").GetDouble() / 1000).ToString("0.000", CultureInfo.InvariantCulture);
        Console.WriteLine($"\nOf the last run of all four stages, in seconds: {string.Join(", ", manifest.GetProperty("stages").EnumerateArray().Select(stage => $"{stage.GetProperty("name")} {Seconds(stage)}"))}; of its SQL files: "
            + string.Join(", ", manifest.GetProperty("sql").EnumerateArray().OrderByDescending(file => file.GetProperty("duration_ms").GetDouble()).Take(12).Select(file => $"{file.GetProperty("path")} {Seconds(file)}")) + ".");
    }

    private static double Median(List<ProcessRun> runs, Func<ProcessRun, double> of)
    {
        var sorted = runs.Select(of).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static string Machine()
    {
        var model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        return string.Create(CultureInfo.InvariantCulture, $"{model ?? System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30)} GB, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}");
    }
}
