using System.Globalization;
using System.Text;

namespace Clickpath.Stages;

/// <summary>Check results as JSON, Markdown and one line.</summary>
internal static class CheckReport
{
    private static readonly string[] Severities = ["critical", "warn", "info"];

    /// <summary>The worst severity that failed, or <c>pass</c>.</summary>
    public static string Verdict(IEnumerable<CheckResult> results) =>
        results.Where(r => r.Failed).Select(r => r.Severity).MinBy(Rank) ?? "pass";

    public static object ForMachines(CheckResult result) => new
    {
        result.File.Name,
        Title = result.File["title"],
        result.Severity,
        result.Status,
        result.Population,
        result.Subjects,
    };

    /// <summary>The verdict, the findings worth acting on, then all checks with their figures.</summary>
    public static string Markdown(string title, string scope, IReadOnlyList<CheckResult> results)
    {
        var failed = results.Where(r => r.Failed).OrderBy(r => Rank(r.Severity)).ToList();
        var text = new StringBuilder($"# {title}\n\n{scope}\n\n");
        text.Append(failed.Count == 0 ? "Nothing was found.\n"
            : $"Found: {string.Join(", ", Severities.Select(s => (s, Count: failed.Count(r => r.Severity == s))).Where(x => x.Count > 0).Select(x => $"{x.Count} {x.s}"))}.\n");
        foreach (var result in failed)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {result.Severity}: {Escape(result.File["title"]!)}\n\n{Escape(result.File["description"]!)}\n\n");
            foreach (var subject in result.Subjects.Where(s => s.Passed == false))
                text.Append(CultureInfo.InvariantCulture, $"- {Escape(subject.Message!)}\n");
        }

        text.Append("\n## All checks\n\n| check | severity | status | rows | subjects | failed |\n|---|---|---|--:|--:|--:|\n");
        foreach (var result in results)
            text.Append(CultureInfo.InvariantCulture, $"| {Escape(result.File["title"]!)} | {result.Severity} | {result.Status} | {result.Population:N0} | {result.Subjects.Count} | {result.Subjects.Count(s => s.Passed == false)} |\n");
        return text.ToString();
    }

    // A file's contents are hostile: no link, image or HTML comes of them.
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if ("\\`*_{}[]<>|#!".Contains(c, StringComparison.Ordinal) && !(c == '_' || c == '{' || c == '}'))
                escaped.Append('\\');
            escaped.Append(char.IsControl(c) ? ' ' : c);
        }

        return escaped.ToString();
    }

    private static int Rank(string severity) => Array.IndexOf(Severities, severity);
}
