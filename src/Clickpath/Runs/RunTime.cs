using System.Globalization;
using System.Text.Json;

namespace Clickpath.Runs;

/// <summary>How long a run took. The last ones stand in run.json, the only file that may differ between two runs of the same inputs; so a run that
/// takes much longer than usual is told in the log and there, and is no alarm of the monitoring report.</summary>
/// <param name="FromStart">Whether all files were loaded, or what the last run left was built upon.</param>
/// <param name="DurationMs">All stages together.</param>
internal sealed record RunTime(bool FromStart, double DurationMs)
{
    private const int Kept = 30;
    private const int LeastRuns = 5;
    private const double UnusualFactor = 2;
    private const double LeastExcessMs = 5000;

    /// <summary>The earlier runs that a run.json tells of, the latest last; none where there is no such file, or one of an older Clickpath.</summary>
    public static IReadOnlyList<RunTime> ReadFrom(string manifest)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(manifest));
            return [.. json.RootElement.GetProperty("run_times").EnumerateArray().Select(run => new RunTime(run.GetProperty("from_start").GetBoolean(), run.GetProperty("duration_ms").GetDouble()))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return [];
        }
    }

    /// <summary>The history with this run.</summary>
    public IReadOnlyList<RunTime> After(IReadOnlyList<RunTime> earlier) => [.. earlier.Append(this).TakeLast(Kept)];

    /// <summary>What to tell where it took twice as long as the median of at least five earlier runs of its kind, and five seconds longer; else null.</summary>
    public string? Unusual(IReadOnlyList<RunTime> earlier)
    {
        var usual = earlier.Where(run => run.FromStart == FromStart).Select(run => run.DurationMs).Order().ToList();
        if (usual.Count < LeastRuns)
            return null;
        var median = usual[usual.Count / 2];
        return DurationMs >= UnusualFactor * median && DurationMs - median >= LeastExcessMs
            ? string.Create(CultureInfo.InvariantCulture, $"warn: the run took {DurationMs / 1000:0.0} s, where {median / 1000:0.0} s is usual ({usual.Count} runs). Look in run.json which stage or SQL file it was.")
            : null;
    }
}
