using System.Globalization;
using System.Text;
using Clickpath.Reports;
using Clickpath.Reports.Html;
using Clickpath.Reports.Summary;
using Clickpath.Stages;

namespace Clickpath.Monitoring;

/// <summary>The monitoring report as a page: alerts first, then each metric as a sparkline over its expected range.</summary>
internal static class MonitoringPage
{
    private const int MostDays = 60;
    private const int MostSubjects = 12;
    private const double Width = 200;
    private const double Height = 48;

    public static HtmlPage Of(MonitoringReport report) => new()
    {
        Title = "Monitoring",
        Subtitle = report.Headline,
        Lead = Markup.Of($"<p class=\"lead\">{Elements.Status(report.Status)}</p>"),
        Sections =
        [
            new("alerts", "Alerts", Alerts(report)),
            new("metrics", "Metrics", Metrics(report)),
            new("checks", "All checks", Checks(report)),
            new("backtest", "Backtest", BacktestTable(report)),
        ],
        Foot = Markup.Of($"Made by Clickpath from sql/monitor. The same figures are in monitoring_report.json; backtest.md tells every alert of the history."),
    };

    private static Markup Alerts(MonitoringReport report)
    {
        var parts = new List<(Tone, Markup)>();
        parts.AddRange(report.Alerts.Select(a => (Tone.Bad, Words(a, Elements.Status(a.Severity)))));
        parts.AddRange(report.Easing.Select(a => (Tone.Note, Words(a, Elements.Status("easing")))));
        parts.AddRange(report.Resolved.Select(a => (Tone.Good, Words(a, Elements.Status("pass", "resolved")))));
        return parts.Count > 0 ? Elements.Findings(parts) : Markup.Of($"<p class=\"nothing\">Nothing is out of its range.</p>\n");
    }

    private static Markup Words(Alert alert, Markup status) => Markup.Of($"{status} <strong>{alert.Alarm.Title}</strong>: {alert.Sentences}");

    private static Markup Metrics(MonitoringReport report)
    {
        // A series too small to be judged has no range worth drawing.
        var series = new List<(bool IsRaised, IReadOnlyList<HtmlCell> Row)>();
        foreach (var alarm in report.Alarms.Where(a => a.IsDaily && a.Days.Any(d => d.High is not null)))
        {
            // What is raised is always shown; of many subjects the largest beside it.
            var subjects = alarm.BySubject().Where(days => days[^1].Unjudged != "too_small")
                .OrderBy(days => !days[^1].Raised).ThenByDescending(days => Table.Number(days[^1].Expected) * Math.Max(1, days[^1].Population)).ThenBy(days => days[^1].Subject, StringComparer.Ordinal)
                .Take(MostSubjects);
            series.AddRange(subjects.Select(days => (days[^1].Raised, Row(alarm, [.. days.TakeLast(MostDays)]))));
        }

        var rows = series.OrderBy(s => !s.IsRaised).Select(s => s.Row).ToList();

        return new HtmlTable
        {
            Caption = "Each metric over the days, with the range in which 999 of 1,000 days fall",
            Columns = ["Metric", "Trend", "Latest", "Expected", "Range", "Status"],
            Styles = ["", "", "n", "n", "n", "k"],
            Rows = rows,
            Folded = rows.Count,
        }.ToMarkup();
    }

    private static IReadOnlyList<HtmlCell> Row(Alarm alarm, IReadOnlyList<DayJudgement> days)
    {
        var last = days[^1];
        string Text(string column, object? value) => value is null ? "" : alarm.Formats.Text(column, value);
        return
        [
            alarm.Title + (last.Subject == "all" ? "" : $": {last.Subject}"),
            Sparkline(alarm, days),
            Text("observed", last.Observed),
            last.High is null ? "" : Text("expected", last.Expected),
            last.High is null ? "" : $"{Text("low", last.Low)} to {Text("high", last.High)}",
            last.Raised ? Elements.Status(last.Severity) : last.Passed == true ? Elements.Status("pass") : Elements.Status("skipped", (last.Unjudged ?? "skipped").Replace('_', ' ')),
        ];
    }

    /// <summary>The observed line over the expected band, days that were raised as dots. It has its words for those who do not see it.</summary>
    private static Markup Sparkline(Alarm alarm, IReadOnlyList<DayJudgement> days)
    {
        var values = days.Select(d => Table.Number(d.Observed)).ToList();
        var bands = days.Select(d => d.Unjudged == "insufficient_history" ? (Low: double.NaN, High: double.NaN) : (Low: d.Low ?? double.NaN, High: d.High ?? double.NaN)).ToList();
        var known = values.Where(double.IsFinite).ToList();
        if (known.Count == 0)
            return Markup.Empty;
        // The band may reach far beyond what was seen; the line must not be flattened by it.
        var top = Math.Min(bands.Select(b => b.High).Where(double.IsFinite).DefaultIfEmpty(0).Max(), 2 * known.Max());
        top = Math.Max(top, known.Max());
        top = top > 0 ? top * 1.05 : 1;
        double X(int i) => days.Count == 1 ? Width / 2 : 3 + ((Width - 6) * i / (days.Count - 1));
        double Y(double value) => Height - 3 - ((Height - 6) * Math.Clamp(value / top, 0, 1));
        var band = new StringBuilder();
        var from = bands.FindIndex(b => double.IsFinite(b.High));
        if (from >= 0)
        {
            for (var i = from; i < days.Count; i++)
                band.Append(i == from ? 'M' : 'L').Append(Point(X(i), Y(double.IsFinite(bands[i].High) ? bands[i].High : top)));
            for (var i = days.Count - 1; i >= from; i--)
                band.Append('L').Append(Point(X(i), Y(double.IsFinite(bands[i].Low) ? bands[i].Low : 0)));
            band.Append('Z');
        }

        var line = new StringBuilder();
        for (var i = 0; i < days.Count; i++)
        {
            if (double.IsFinite(values[i]))
                line.Append(i == 0 || !double.IsFinite(values[i - 1]) ? 'M' : 'L').Append(Point(X(i), Y(values[i])));
        }

        var dots = days.Select((day, i) => (day, i)).Where(d => d.day.Raised && double.IsFinite(values[d.i])).Select(d => Markup.Of(
            $"<circle cx=\"{Number(X(d.i))}\" cy=\"{Number(Y(values[d.i]))}\" r=\"3\" fill=\"#c62828\"/>"));
        var words = $"{alarm.Title}, {days[0].Date} to {days[^1].Date}, from {alarm.Formats.Text("observed", days[0].Observed)} to {alarm.Formats.Text("observed", days[^1].Observed)}";
        return Markup.Of($"<svg role=\"img\" aria-label=\"{words}\" width=\"{Number(Width)}\" height=\"{Number(Height)}\" viewBox=\"0 0 {Number(Width)} {Number(Height)}\"><path d=\"{band.ToString()}\" fill=\"currentColor\" fill-opacity=\"0.12\"/><path d=\"{line.ToString()}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"/>{dots}</svg>");
    }

    private static Markup Checks(MonitoringReport report) => new HtmlTable
    {
        Caption = "All checks and what they say",
        Columns = ["Check", "Tier", "Status", "Subjects", "What it asks"],
        Styles = ["", "k", "k", "n", ""],
        Rows = [.. report.Alarms.Zip(report.Results, IReadOnlyList<HtmlCell> (alarm, result) =>
        [
            alarm.Title, alarm.Tier,
            Elements.Status(result.Failed ? result.Severity : result.Status, result.Failed ? null : result.Status.Replace('_', ' ')),
            (long)result.Subjects.Count, alarm.File["description"],
        ])],
        Folded = report.Alarms.Count,
    }.ToMarkup();

    private static Markup BacktestTable(MonitoringReport report)
    {
        var table = Backtest.Summary(report);
        return HtmlTable.From(table, Backtest.Formats, "What each check would have raised over the history", table.Rows.Count).ToMarkup();
    }

    private static string Point(double x, double y) => $"{Number(x)} {Number(y)}";

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
