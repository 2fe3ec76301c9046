namespace Clickpath.Monitoring;

/// <summary>Annotations and the job summary, where GitHub Actions runs us.</summary>
internal static class GitHubOutputs
{
    /// <param name="report">What was found.</param>
    /// <param name="output">Where the runner listens for commands: standard output.</param>
    /// <param name="environment">Reads an environment variable; null where it is not set.</param>
    public static void Write(MonitoringReport report, TextWriter output, Func<string, string?> environment)
    {
        if (environment("GITHUB_ACTIONS") != "true")
            return;
        foreach (var alert in report.Alerts)
        {
            var command = alert.Severity switch { "critical" => "error", "warn" => "warning", _ => "notice" };
            output.WriteLine($"::{command} title={Property(alert.Alarm.Title)}::{Value(alert.Sentences)}");
        }

        if (environment("GITHUB_STEP_SUMMARY") is { Length: > 0 } summary)
            File.AppendAllText(summary, report.Markdown() + "\n");
    }

    // A file's contents must not become a command.
    private static string Value(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Value(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
