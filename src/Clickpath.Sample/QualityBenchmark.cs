using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Clickpath.Sample.Defects;

namespace Clickpath.Sample;

/// <summary>
/// Plants each defect into exports of the invented shop and counts which check finds it, on the right day, and what else is raised.
/// Which defects a check is to find stands in its header: <c>-- defect: NAME</c>, or
/// <c>NAME:all</c> where it takes one on every day.
/// </summary>
public sealed partial class QualityBenchmark
{
    private readonly string _sql;
    private readonly string _scratch;
    private readonly SampleOptions _options;
    private readonly Dictionary<string, string> _firstDefects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _checksOf = new(StringComparer.Ordinal);

    /// <param name="sql">The folder of SQL files.</param>
    /// <param name="scratch">A folder for exports and artifacts; what is in it is replaced.</param>
    /// <param name="options">What the exports are like, apart from seed, folder and defects.</param>
    public QualityBenchmark(string sql, string scratch, SampleOptions options)
    {
        (_sql, _scratch, _options) = (sql, scratch, options);
        foreach (var path in Directory.EnumerateFiles(Path.Combine(sql, "data_quality"), "*.sql").Order(StringComparer.Ordinal))
        {
            foreach (Match match in DefectLine().Matches(File.ReadAllText(path)))
            {
                if (!_checksOf.TryGetValue(match.Groups[1].Value, out var checks))
                    _checksOf.Add(match.Groups[1].Value, checks = []);
                checks.Add(Path.GetFileNameWithoutExtension(path));
                _firstDefects.TryAdd(Path.GetFileNameWithoutExtension(path), match.Groups[1].Value);
            }
        }
    }

    /// <summary>All that can be planted, and what checks want planted on every day.</summary>
    public IReadOnlyList<string> Defects => [.. SampleDefects.All.Select(d => d.Name), .. _checksOf.Keys.Where(d => d.Contains(':', StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>The checks that are to find a defect; none: no check of the quality stage is.</summary>
    public IReadOnlyList<string> ChecksOf(string defect) => _checksOf.GetValueOrDefault(defect) ?? [];

    /// <summary>All defects that a check is to find, and which: from the checks' headers.</summary>
    public IEnumerable<(string Defect, string Check)> Pairs => _checksOf.SelectMany(d => d.Value.Select(check => (d.Key, check))).OrderBy(p => p, Comparer<(string, string)>.Default);

    /// <summary>The defect that a check's header names first.</summary>
    public string FirstDefectOf(string check) => _firstDefects[check];

    /// <summary>Runs the quality stage over one export.</summary>
    /// <param name="defect">A defect to plant on its own day; null: none.</param>
    /// <param name="seed">The export's seed.</param>
    public QualityRun Run(string? defect, int seed)
    {
        var events = Path.Combine(_scratch, "events");
        var options = _options with { Folder = events, Seed = seed, Defects = defect is null ? [] : [defect] };
        if (Directory.Exists(events))
            Directory.Delete(events, recursive: true);
        SampleShop.Write(options);
        var artifacts = Path.Combine(_scratch, "artifacts");
        if (Directory.Exists(artifacts))
            Directory.Delete(artifacts, recursive: true);
        using var pipeline = new Pipeline(new PipelineOptions { Events = events, Artifacts = artifacts, Sql = _sql });
        try
        {
            pipeline.DataQuality();
        }
        catch (ClickpathException) when (pipeline.ExitCode == 2)
        {
            // The report says what is critical.
        }

        pipeline.Publish();
        var day = defect is null || defect.EndsWith(":all", StringComparison.Ordinal) ? null : PlantedDefect.Parse(defect, options) is var planted ? options.First.AddDays(planted.From - 1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
        using var report = JsonDocument.Parse(File.ReadAllText(Path.Combine(artifacts, "data_quality", "dq_report.json")));
        var rows = File.ReadLines(Path.Combine(artifacts, "data_quality", "detected_issues_sample.csv")).Where(line => LineNumber().IsMatch(line)).CountBy(line => line.Split(',')[0]).ToDictionary();
        return new QualityRun(defect, day, [.. report.RootElement.GetProperty("checks").EnumerateArray().Where(c => c.GetProperty("status").GetString() == "fail").Select(c => Failed(c, day, rows))]);
    }

    /// <summary>Clean exports, then defects, each over seeds of its own: the table that is kept in <c>sql/data_quality/README.md</c>.</summary>
    /// <param name="defects">What is planted, one defect an export.</param>
    /// <param name="firstSeed">The first seed; clean exports come after those with defects. Thresholds must not have been set on them.</param>
    /// <param name="seeds">How many exports for each defect, and half of those without any.</param>
    /// <param name="log">Gets each line as it is there.</param>
    /// <param name="detail">Gets what each run found, for whoever asks why.</param>
    public void Print(IReadOnlyList<string> defects, int firstSeed, int seeds, Action<string> log, Action<string> detail)
    {
        var (firstClean, lastClean) = (firstSeed + seeds, firstSeed + (3 * seeds) - 1);
        var clean = Runs(null, firstClean, 2 * seeds).SelectMany(run => run.Failed).ToList();
        log(string.Create(CultureInfo.InvariantCulture,
            $"Clean exports, seeds {firstClean} to {lastClean}: {clean.Count(f => f.Severity == "critical")} critical, {clean.Count(f => f.Severity == "warn") / (2.0 * seeds):0.00} warnings a run ({Others(clean.Where(f => f.Severity != "info"))})."));
        log(string.Create(CultureInfo.InvariantCulture, $"Defects, seeds {firstSeed} to {firstSeed + seeds - 1}:"));
        log("");
        log("| defect | check | found | on its day | other warnings | critical |");
        log("|---|---|--:|--:|---|---|");
        foreach (var defect in defects)
        {
            var runs = Runs(defect, firstSeed, seeds);
            var checks = ChecksOf(defect);
            var others = Others(runs.SelectMany(r => r.Failed).Where(f => f.Severity == "warn" && !checks.Contains(f.Check)));
            var critical = Others(runs.SelectMany(r => r.Failed).Where(f => f.Severity == "critical"));
            foreach (var check in checks.DefaultIfEmpty("–"))
            {
                log(string.Create(CultureInfo.InvariantCulture,
                    $"| {defect} | {check} | {runs.Count(r => r.Failed.Any(f => f.Check == check))}/{seeds} | {runs.Count(r => r.Failed.Any(f => f.Check == check && f.IsOnDay))}/{seeds} | {others} | {critical} |"));
            }
        }

        List<QualityRun> Runs(string? defect, int first, int count) => [.. Enumerable.Range(first, count).Select(seed =>
        {
            var run = Run(defect, seed);
            foreach (var failed in run.Failed) detail(string.Create(CultureInfo.InvariantCulture, $"  {defect ?? "clean"} {seed} {failed.Severity} {failed.Check}: {string.Join("; ", failed.Findings)}"));
            return run;
        })];
    }

    private static string Others(IEnumerable<FailedCheck> failed) => string.Join(", ", failed
        .GroupBy(f => f.Check).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count()}"));

    private static FailedCheck Failed(JsonElement check, string? day, Dictionary<string, int> rows)
    {
        var findings = check.GetProperty("subjects").EnumerateArray().Where(s => s.GetProperty("passed").ValueKind == JsonValueKind.False).ToList();
        return new FailedCheck(
            check.GetProperty("name").GetString()!,
            check.GetProperty("severity").GetString()!,
            day is null || findings.Any(f => IsOn(f, day)),
            [.. findings.Select(f => $"{f.GetProperty("subject").GetString()}: {f.GetProperty("message").GetString()}")],
            rows.GetValueOrDefault(check.GetProperty("name").GetString()!));
    }

    private static bool IsOn(JsonElement finding, string day)
    {
        var since = Text(finding, "since");
        return since is null
            ? Text(finding, "subject")!.Contains(day, StringComparison.Ordinal)
            : string.CompareOrdinal(since[..10], day) <= 0 && (Text(finding, "until") is not { } until || string.CompareOrdinal(until[..10], day) >= 0);
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    [GeneratedRegex(@"\.csv(\.gz)?,[0-9]+,")]
    private static partial Regex LineNumber();

    [GeneratedRegex(@"(?m)^-- defect: ([a-z0-9_]+(:all)?)\s*$")]
    private static partial Regex DefectLine();
}

/// <summary>A check that failed.</summary>
/// <param name="Check">Its name.</param>
/// <param name="Severity">critical, warn or info.</param>
/// <param name="IsOnDay">A finding of it speaks of the day on which the defect was planted, if it was planted on one.</param>
/// <param name="Findings">Subjects and messages.</param>
/// <param name="Rows">How many rows with a line it gives to look at.</param>
public sealed record FailedCheck(string Check, string Severity, bool IsOnDay, IReadOnlyList<string> Findings, int Rows);

/// <summary>What the quality stage found in one export.</summary>
/// <param name="Defect">What was planted; null: nothing.</param>
/// <param name="Day">On which day, ISO; null: on none, or on all.</param>
/// <param name="Failed">The checks that failed.</param>
public sealed record QualityRun(string? Defect, string? Day, IReadOnlyList<FailedCheck> Failed);
