using System.Globalization;
using System.Text;

namespace Clickpath.Stages;

/// <summary>Check results as JSON, Markdown and one line.</summary>
internal static class CheckReport
{
    private const int LinesPerFinding = 12;
    private const int SpansPerFinding = 5;

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
        Share = Math.Round(result.Share, 4),
        Findings = result.Told,
        result.Subjects,
        result.Reason,
    };

    /// <summary>The checks that failed, the worst first, and of one severity those that touch most.</summary>
    public static IReadOnlyList<CheckResult> Failed(IEnumerable<CheckResult> results) =>
    [
        .. results.Where(r => r.Failed)
            .OrderBy(r => Rank(r.Severity))
            .ThenByDescending(r => r.Share)
            .ThenBy(r => r.File.Name, StringComparer.Ordinal),
    ];

    /// <summary><c>2 critical, 1 warn</c>: how many checks failed.</summary>
    public static string Counts(IReadOnlyCollection<CheckResult> failed) =>
        string.Join(", ", Severities.Select(s => (s, Count: failed.Count(r => r.Severity == s))).Where(x => x.Count > 0).Select(x => $"{x.Count} {x.s}"));

    /// <summary>The verdict, the findings worth acting on, then all checks with their figures.</summary>
    public static string Markdown(string title, string scope, IReadOnlyList<CheckResult> results, string more = "")
    {
        var failed = Failed(results);
        var text = new StringBuilder($"# {title}\n\n{scope}\n\n");
        text.Append(failed.Count == 0 ? "Nothing was found.\n" : $"Found: {Counts(failed)}.\n");
        foreach (var result in failed)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {result.Severity}: {Escape(result.File["title"]!)}\n\n{Escape(result.File["description"]!)}\n\n");
            foreach (var subject in Shown(result))
                text.Append(CultureInfo.InvariantCulture, $"- {Escape(string.Join(" ", Sentences(subject)))}\n");
            if (Rest(result) is { } rest)
                text.Append(CultureInfo.InvariantCulture, $"- {rest}\n");
            text.Append(string.Concat(Advice(result).Select(a => $"\n{a.What}: {Escape(a.Text)}\n")));
        }

        text.Append(more);
        text.Append("\n## All checks\n\n| check | severity | status | rows | subjects | failed | observed | expected |\n|---|---|---|--:|--:|--:|--:|--:|\n");
        foreach (var result in results)
        {
            var figures = Figures(result);
            text.Append(CultureInfo.InvariantCulture, $"| {Escape(result.File["title"]!)} | {result.Severity} | {result.Status} | {result.Population:N0} | {result.Subjects.Count} | {result.Findings.Count()} | {figures.Observed} | {figures.Expected} |\n");
        }

        var skipped = results.Where(r => r.Reason is not null).ToList();
        if (skipped.Count > 0)
            text.Append("\nSkipped:\n\n").AppendJoin("", skipped.Select(r => $"- {Escape(r.File["title"]!)}: {Escape(r.Reason!)}\n"));
        return text.ToString();
    }

    /// <summary>Repairs as a section; empty where there are none.</summary>
    public static string Markdown(IReadOnlyList<Proposal> repairs) => repairs.Count == 0 ? "" : string.Concat(
        repairs.Select(r => $"- {Escape(r.Effect)} {Escape(r.File)} would get the row {Escape(r.Row)}: `--target=Repair --accept=\"{r.Id.Replace('`', ' ')}\"`\n")
            .Prepend("\n## Repairs, proposed\n\nNothing changes until one is accepted.\n\n"));

    /// <summary>What was found, since when and until when, and what it does to the numbers.</summary>
    public static IEnumerable<string> Sentences(CheckSubject subject)
    {
        yield return subject.Message!;
        var spans = subject.Spans.Take(SpansPerFinding).Select(span => span.Until is null ? $"since {span.Since}" : span.Until == span.Since ? $"on {span.Since}" : $"from {span.Since} to {span.Until}").ToList();
        if (subject.Spans.Count - spans.Count is > 0 and var others)
            spans.Add(string.Create(CultureInfo.InvariantCulture, $"and {others:N0} more"));
        if (spans.Count > 0)
            yield return $"{char.ToUpperInvariant(spans[0][0])}{string.Join("; ", spans)[1..]}.";
        var touched = (subject.Touched ?? new Dictionary<string, long>()).Where(t => t.Value > 0).Select(t => t.Key switch
        {
            "revenue_cents" => string.Create(CultureInfo.InvariantCulture, $"revenue of {t.Value / 100m:N2}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{t.Value:N0} {(t.Value == 1 ? t.Key.TrimEnd('s') : t.Key)}"),
        }).ToList();
        if (touched.Count > 0)
            yield return $"Touches {string.Join(", ", touched)}.";
    }

    /// <summary>The distinct causes and remedies of what failed.</summary>
    public static IEnumerable<(string What, string Text)> Advice(CheckResult result) =>
        result.Findings.Select(s => ("Likely cause", s.Cause)).Concat(result.Findings.Select(s => ("Remedy", s.Remedy)))
            .Where(a => a.Item2 is not null).Distinct().Take(2 * LinesPerFinding).Select(a => (a.Item1, a.Item2!));

    /// <summary><c>and 20 more in dq_report.json</c>, where a check has more findings than are written out.</summary>
    public static string? Rest(CheckResult result) =>
        result.Told.Count - LinesPerFinding is > 0 and var rest ? string.Create(CultureInfo.InvariantCulture, $"And {rest:N0} more.") : null;

    /// <summary>The findings that are written out.</summary>
    public static IEnumerable<CheckSubject> Shown(CheckResult result) => result.Told.Take(LinesPerFinding);

    /// <summary>The least and the most that was observed, and expected, as the formats read.</summary>
    public static (string Observed, string Expected) Figures(CheckResult result)
    {
        var formats = CheckResult.Formats(result.File);
        return (Range("observed", s => s.Observed), Range("expected", s => s.Expected));

        string Range(string column, Func<CheckSubject, object?> value)
        {
            var numbers = result.Subjects.Where(s => s.Passed is not null).Select(value).Where(v => v is not null).OrderBy(v => Convert.ToDouble(v, CultureInfo.InvariantCulture)).ToList();
            if (numbers.Count == 0)
                return "–";
            var (least, most) = (formats.Text(column, numbers[0]), formats.Text(column, numbers[^1]));
            return least == most ? least : $"{least} to {most}";
        }
    }

    // A file's contents are hostile: no link, image or HTML comes of them.
    public static string Escape(string text)
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
