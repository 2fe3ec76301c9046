using System.Globalization;
using System.Text;
using Clickpath.Reports;
using Clickpath.Stages;

namespace Clickpath.Monitoring;

/// <summary>What monitoring found, as all its outputs take it.</summary>
/// <param name="Date">The latest complete day; null where there is none.</param>
/// <param name="Alarms">The checks, by name.</param>
/// <param name="Results">What each says now, in the same order.</param>
internal sealed record MonitoringReport(string? Date, IReadOnlyList<Alarm> Alarms, IReadOnlyList<CheckResult> Results)
{
    public const string FileName = "monitoring_report.json";

    private readonly IReadOnlyList<Alert> _current = Alert.Of(Alarms, Date);

    /// <summary>FAIL where an alert is critical.</summary>
    public string Status => Alerts.Any(a => a.Severity == "critical") ? "FAIL" : "PASS";

    /// <summary>What is raised today, the worst first.</summary>
    public IEnumerable<Alert> Alerts => _current.Where(a => a.Today.Raised);

    /// <summary>What was raised yesterday and is calm today: it may come back.</summary>
    public IEnumerable<Alert> Easing => _current.Where(a => a.State == "easing");

    /// <summary>What ended: told once.</summary>
    public IEnumerable<Alert> Resolved => _current.Where(a => a.State == "resolved");

    /// <summary>One line: how many of what.</summary>
    public string Headline
    {
        get
        {
            var counts = Alerts.GroupBy(a => a.Severity).OrderBy(g => Alarm.Rank(g.Key)).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {g.Key}"));
            var judged = Results.Count(r => r.Status is "pass" or "fail");
            return $"{(Date is null ? "No day is complete" : $"Latest complete day {Date}")}: {(Alerts.Any() ? string.Join(", ", counts) : "nothing to tell")}, "
                + string.Create(CultureInfo.InvariantCulture, $"{judged} of {Results.Count} checks judged.");
        }
    }

    /// <summary>The contents of <c>monitoring_report.json</c>; its schema is <c>sql/monitor/monitoring_report.schema.json</c>.</summary>
    public object ForMachines() => new
    {
        Version = 1,
        Date,
        Status,
        Alerts = Alerts.Select(ForMachines),
        Easing = Easing.Select(ForMachines),
        Resolved = Resolved.Select(ForMachines),
        Checks = Alarms.Zip(Results, (alarm, result) => new
        {
            alarm.Name,
            alarm.Title,
            result.Severity,
            alarm.Tier,
            result.Status,
            result.Population,
            Subjects = alarm.Now(Date).Select(day => new
            {
                day.Subject,
                day.Date,
                day.Population,
                day.Observed,
                day.Expected,
                day.Low,
                day.High,
                day.Probability,
                day.Passed,
                day.Unjudged,
                day.Message,
            }),
        }),
    };

    /// <summary>For a person, and for the job summary.</summary>
    public string Markdown()
    {
        var text = new StringBuilder($"# Monitoring: {Status}\n\n{CheckReport.Escape(Headline)}\n");
        Section(text, "Alerts", Alerts);
        Section(text, "Easing", Easing);
        Section(text, "Resolved", Resolved);
        text.Append("\n## All checks\n\n| check | tier | status | observed | expected | range |\n|---|---|---|--:|--:|--:|\n");
        foreach (var (alarm, result) in Alarms.Zip(Results))
        {
            // Of a check with many subjects the first that failed, or else the first, stands for all.
            var day = alarm.Now(Date).OrderBy(d => d.Passed != false).ThenBy(d => d.Passed is null).FirstOrDefault();
            string Cell(string column, object? value) => day is null || result.Status is "skipped" or "insufficient_history" ? "" : alarm.Formats.Text(column, value);
            text.Append(CultureInfo.InvariantCulture, $"| {CheckReport.Escape(alarm.Title + (result.Subjects.Count > 1 && day is not null ? $": {day.Subject}" : ""))} | {alarm.Tier} | {(result.Failed ? result.Severity : result.Status)} | {Cell("observed", day?.Observed)} | {Cell("expected", day?.Expected)} | ")
                .Append(day?.Low is null || Cell("low", day.Low).Length == 0 ? "" : $"{Cell("low", day.Low)} to {Cell("high", day.High)}").Append(" |\n");
        }

        return text.ToString();
    }

    private static void Section(StringBuilder text, string heading, IEnumerable<Alert> alerts)
    {
        var list = alerts.ToList();
        if (list.Count == 0)
            return;
        text.Append(CultureInfo.InvariantCulture, $"\n## {heading}\n\n");
        foreach (var alert in list)
            text.Append(CultureInfo.InvariantCulture, $"- **{alert.Severity}** {CheckReport.Escape(alert.Alarm.Title)}: {CheckReport.Escape(alert.Sentences)}\n");
    }

    private static object ForMachines(Alert alert) => new
    {
        alert.Severity,
        Check = alert.Alarm.Name,
        alert.Alarm.Title,
        alert.State,
        Message = alert.Sentences,
        alert.Today.Subject,
        alert.Today.Date,
        Since = alert.Episode.Since.Date,
        Until = alert.Episode.Calm?.Date,
        alert.Episode.RaisedDays,
        alert.Today.Population,
        alert.Today.Observed,
        alert.Today.Expected,
        alert.Today.Low,
        alert.Today.High,
        alert.Today.Probability,
        alert.Today.ExplainedBy,
        alert.Today.ExplainedShare,
        alert.Today.MoneyAtStake,
        alert.Today.KnownEvent,
    };
}
