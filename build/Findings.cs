using System.Globalization;
using System.Text.Json;

namespace Build;

/// <summary>What the published reports found, in a line each, and where to look: it is read off the reports themselves.</summary>
internal static class Findings
{
    private static readonly string[] Severities = ["critical", "warn", "info"];

    /// <summary>The lines; those of stages that have not published are left out.</summary>
    /// <param name="artifacts">The published folder, as the user gave it.</param>
    public static IEnumerable<string> In(string artifacts)
    {
        var shown = artifacts.Replace('\\', '/').TrimEnd('/');
        if (Read("data_quality/dq_report.json") is { } quality)
        {
            using (quality)
            {
                if (quality.RootElement.GetProperty("records") is { ValueKind: JsonValueKind.Object } records)
                    yield return string.Create(CultureInfo.InvariantCulture, $"Events: {records.GetProperty("records").GetInt64():N0} records read, {records.GetProperty("rejected").GetInt64():N0} rejected");
                yield return $"Data quality: {quality.RootElement.GetProperty("verdict").GetString()}{Counts(quality)}; see {shown}/data_quality/dq_report.md";
            }
        }

        if (File.Exists(Path.Combine(artifacts, "analyze", "executive_summary.pdf")))
            yield return $"Reports: begin with {shown}/analyze/executive_summary.pdf";
        if (Read("monitor/monitoring_report.json") is { } monitoring)
        {
            using (monitoring)
            {
                var date = monitoring.RootElement.GetProperty("date").GetString();
                yield return $"Monitoring{(date is null ? "" : $" of {date}")}: {monitoring.RootElement.GetProperty("status").GetString()}{Counts(monitoring)}; see {shown}/monitor/monitoring_report.json";
            }
        }

        JsonDocument? Read(string path)
        {
            var file = Path.Combine(artifacts, path);
            return File.Exists(file) ? JsonDocument.Parse(File.ReadAllBytes(file)) : null;
        }
    }

    /// <summary>", 2 critical and 5 warn of 31 checks (3 had nothing to judge)".</summary>
    private static string Counts(JsonDocument report)
    {
        var checks = report.RootElement.GetProperty("checks").EnumerateArray()
            .Select(check => (Severity: check.GetProperty("severity").GetString(), Status: check.GetProperty("status").GetString())).ToList();
        var failed = Severities
            .Select(severity => (Severity: severity, Count: checks.Count(check => check.Status == "fail" && check.Severity == severity)))
            .Where(found => found.Count > 0).Select(found => $"{found.Count} {found.Severity}").ToList();
        var early = checks.Count(check => check.Status == "insufficient_history");
        var idle = checks.Count(check => check.Status == "skipped");
        string[] silent = [.. early > 0 ? [$"{early} want more history"] : Array.Empty<string>(), .. idle > 0 ? [$"{idle} had nothing to judge"] : Array.Empty<string>()];
        return $", {(failed.Count == 0 ? "nothing found in" : string.Join(" and ", failed) + " of")} {checks.Count} checks{(silent.Length > 0 ? $" ({string.Join(", ", silent)})" : "")}";
    }
}
