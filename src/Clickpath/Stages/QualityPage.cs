using System.Globalization;
using Clickpath.Reports.Html;
using Clickpath.Reports.Summary;

namespace Clickpath.Stages;

/// <summary>The quality report as a page for a manager: the verdict, what is worth acting on, then everything.</summary>
internal static class QualityPage
{
    public static HtmlPage Of(string scope, IReadOnlyList<CheckResult> results, QualityScore score, IReadOnlyList<Proposal> repairs)
    {
        var failed = CheckReport.Failed(results);
        var critical = failed.Any(r => r.Severity == "critical");
        return new HtmlPage
        {
            Title = "Data quality",
            Subtitle = scope,
            Lead = Markup.Of($"<p>{Elements.Status(CheckReport.Verdict(results))} {Verdict(failed)}</p>{(score.ShortBaseline is { } few ? Markup.Of($"<p>{few}</p>") : Markup.Empty)}"),
            Figures =
            [
                new Figure("Score, of 100", score.Overall.ToString("0.#", CultureInfo.InvariantCulture), null, critical ? Tone.Bad : Tone.Note),
                .. new[] { ("critical", "Critical"), ("warn", "Warnings"), ("info", "For information") }.Select(s => new Figure(
                    s.Item2, failed.Count(r => r.Severity == s.Item1).ToString(CultureInfo.InvariantCulture), null, s.Item1 == "critical" && critical ? Tone.Bad : Tone.Note)),
            ],
            Sections =
            [
                new HtmlSection("act", "Worth acting on", Findings(failed, isInfo: false)),
                .. repairs.Count == 0 ? [] : new[] { new HtmlSection("repair", "Repairs, proposed", Repairs(repairs)) },
                new HtmlSection("know", "Worth knowing", Findings(failed, isInfo: true)),
                new HtmlSection("files", "Files", Files(score)),
                new HtmlSection("checks", "All checks", Checks(results)),
            ],
            Foot = Markup.Of($"The same for machines: dq_report.json. Rows to look at: detected_issues_sample.csv."),
        };
    }

    /// <summary>One sentence: whether the figures can be used.</summary>
    public static string Verdict(IReadOnlyList<CheckResult> failed) => (failed.Count > 0 ? failed[0].Severity : null) switch
    {
        "critical" => "The figures would be wrong: the run stopped here. Mend what is critical first.",
        "warn" => failed.Count(r => r.Severity == "warn") is > 1 and var count
            ? $"The figures stand; {count} findings need a look before you act on what they touch."
            : "The figures stand; one finding needs a look before you act on what it touches.",
        _ => "Nothing needs a look.",
    };

    private static Markup Repairs(IReadOnlyList<Proposal> repairs) => Markup.Of($"""
        <p>Nothing changes until one is accepted.</p>
        <ul>{repairs.Select(r => Markup.Of($"<li>{r.Effect} {r.File} would get the row <code>{r.Row}</code>: <code>--target=Repair --accept=\"{r.Id}\"</code></li>"))}</ul>

        """);

    private static Markup Findings(IReadOnlyList<CheckResult> failed, bool isInfo) => failed.All(r => r.Severity == "info" != isInfo)
        ? Markup.Of($"<p>Nothing.</p>\n")
        : Markup.Join(failed.Where(r => r.Severity == "info" == isInfo).Select(Finding));

    private static Markup Finding(CheckResult result) => Markup.Of($"""
        <h3>{Elements.Status(result.Severity)} {result.File["title"]}</h3>
        <ul>{CheckReport.Shown(result).Select(s => Markup.Of($"<li>{string.Join(" ", CheckReport.Sentences(s))}</li>"))}{Rest(result)}</ul>
        {CheckReport.Advice(result).Select(a => Markup.Of($"<p><strong>{a.What}:</strong> {a.Text}</p>"))}
        {Elements.Fold("What is checked", Markup.Of($"<p>{result.File["description"]}</p>"))}

        """);

    private static Markup Rest(CheckResult result) => CheckReport.Rest(result) is { } rest ? Markup.Of($"<li>{rest}</li>") : Markup.Empty;

    private static Markup Files(QualityScore score) => new HtmlTable
    {
        Caption = "Score by file",
        Columns = ["File", "Records", "Checks with findings", "Score"],
        Styles = ["k", "n", "n", "n"],
        Source = "dq_report.json",
        Folded = 40,
        Rows = [.. score.Files.Select(f => (IReadOnlyList<HtmlCell>)[f.File, f.Records, f.Findings, f.Score.ToString("0.0", CultureInfo.InvariantCulture)])],
    }.ToMarkup();

    private static Markup Checks(IReadOnlyList<CheckResult> results) => new HtmlTable
    {
        Caption = "All checks",
        Columns = ["Check", "Severity", "Status", "Rows", "Subjects", "Failed", "Observed", "Expected"],
        Styles = ["", "k", "", "n", "n", "n", "n", "n"],
        Source = "dq_report.json",
        Folded = 100,
        Rows = [.. results.Select(Row)],
    }.ToMarkup();

    private static IReadOnlyList<HtmlCell> Row(CheckResult result)
    {
        var (observed, expected) = CheckReport.Figures(result);
        return
        [
            result.File["title"]!, result.Severity,
            result.Reason is { } reason ? Markup.Of($"{Elements.Status(result.Status)} {reason}") : Elements.Status(result.Failed ? result.Severity : result.Status, result.Status),
            result.Population, result.Subjects.Count, result.Findings.Count(), observed, expected,
        ];
    }
}
