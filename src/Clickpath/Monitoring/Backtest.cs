using System.Globalization;
using System.Text;
using Clickpath.Reports;
using Clickpath.Reports.Charts;
using Clickpath.Stages;

namespace Clickpath.Monitoring;

/// <summary>What each check would have raised on each day of the history. As every judgement of a day rests on the days before it alone,
/// this is the same SQL as today's, read over all its days.</summary>
internal static class Backtest
{
    // The place of false_alarms_a_month.
    private const int FalseAlarms = 4;

    public static readonly ChartSpec Chart = ChartSpec.Parse("heatmap x=date y=check value=alerts title=\"Days on which each check is raised\"");

    /// <summary>One row per check: on how many days it was judged and raised, how many alerts that makes, and what it can see.</summary>
    public static Table Summary(MonitoringReport report)
    {
        var rows = report.Alarms.Where(a => a.IsDaily).Select(alarm =>
        {
            var episodes = alarm.BySubject().SelectMany(Episode.Of).ToList();
            var judged = alarm.Days.Where(d => d.Passed is not null).ToList();
            // Of many subjects the one that is seen best speaks for the check.
            var latest = alarm.BySubject().Select(d => d[^1]).Where(d => d.Passed is not null).ToList();
            var drop = latest.Where(d => double.IsFinite(Drop(d))).MinBy(Drop);
            var rise = latest.Where(d => double.IsFinite(Rise(d))).MinBy(Rise);
            string? Level(DayJudgement? day, string column, double? level) => day is null || level is null ? null
                : alarm.Formats.Text(column, level) + (day.Subject == "all" ? "" : $" ({day.Subject})");
            return new object?[]
            {
                alarm.Name,
                (long)judged.Select(d => d.Date).Distinct().Count(),
                (long)episodes.Count,
                (long)judged.Where(d => d.Raised).Select(d => d.Date).Distinct().Count(),
                judged.Select(d => d.FalseAlarmsAMonth).LastOrDefault(f => f is not null),
                drop is null ? null : Drop(drop),
                Level(drop, "found_low", drop?.FoundLow),
                Level(rise, "found_high", rise?.FoundHigh),
                string.Join(", ", episodes.Select(e => e.Since.Date + (e.Since.Subject == "all" ? "" : $" {e.Since.Subject}")).Order(StringComparer.Ordinal)),
            };
        });
        return new Table("backtest", ["check", "days_judged", "alerts", "days_raised", "false_alarms_a_month", "least_drop_found", "found_below", "found_above", "first_days"], [.. rows]);
    }

    public static ColumnFormats Formats { get; } = ColumnFormats.Parse("false_alarms_a_month decimal 3, least_drop_found percent 0");

    /// <summary>One row per day and check that was raised at least once: how many of its subjects were.</summary>
    public static Table ByDay(MonitoringReport report)
    {
        var alarms = report.Alarms.Where(a => a.IsDaily && a.Days.Any(d => d.Raised)).ToList();
        var dates = report.Alarms.Where(a => a.IsDaily).SelectMany(a => a.Days).Select(d => d.Date).Distinct().Order(StringComparer.Ordinal).ToList();
        var rows = from date in dates
                   from alarm in alarms
                   let days = alarm.Days.Where(d => d.Date == date && d.Passed is not null).ToList()
                   select new object?[] { date, alarm.Name, days.Count == 0 ? null : (long)days.Count(d => d.Raised) };
        return new Table("backtest_days", ["date", "check", "alerts"], [.. rows]);
    }

    /// <summary>Both, and every alert in words.</summary>
    public static string Markdown(MonitoringReport report)
    {
        var summary = Summary(report);
        var text = new StringBuilder("# Backtest\n\nWhat each check would have raised, had each day of the data been today. An alert may stand for several days; "
            + "least_drop_found is the smallest drop that the latest day would reveal in nine of ten cases; found_below and found_above are the levels. Of many subjects the one that is seen best speaks.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Expected false alarms: {Rounding.Fixed(summary.Rows.Sum(row => row[FalseAlarms] as double? ?? 0), 1, grouped: true)} a month, all checks together.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", summary.Columns.SkipLast(1))} |\n|---|{string.Concat(Enumerable.Repeat("--:|", summary.Columns.Count - 2))}\n");
        foreach (var row in summary.Rows)
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row.SkipLast(1).Select((v, i) => CheckReport.Escape(Formats.Text(summary.Columns[i], v))))} |\n");
        text.Append("\n## Alerts\n\n");
        var episodes = report.Alarms.Where(a => a.IsDaily).SelectMany(a => a.BySubject().SelectMany(Episode.Of).Select(e => (Alarm: a, Episode: e)))
            .OrderBy(e => e.Episode.Since.Date, StringComparer.Ordinal).ThenBy(e => Alarm.Rank(e.Episode.Worst.Severity)).ThenBy(e => e.Alarm.Name, StringComparer.Ordinal).ThenBy(e => e.Episode.Since.Subject, StringComparer.Ordinal).ToList();
        if (episodes.Count == 0)
            text.Append("None.\n");
        foreach (var (alarm, episode) in episodes)
        {
            var until = episode.Calm is { } calm ? $"until {calm.Date}" : "still stands";
            text.Append(CultureInfo.InvariantCulture, $"- {episode.Since.Date}, {until}: **{episode.Worst.Severity}** {CheckReport.Escape(alarm.Title)}: {CheckReport.Escape(episode.Since.Message!)}\n");
        }

        return text.ToString();
    }

    /// <summary>The summary for a terminal.</summary>
    public static string Text(MonitoringReport report) => "what each check would have raised, had each day been today:\n" + TextTable.Of(Summary(report), Formats);

    /// <summary>Every alert of the history.</summary>
    public static IReadOnlyList<PastAlert> Alerts(MonitoringReport report) =>
    [
        .. from alarm in report.Alarms.Where(a => a.IsDaily)
           from days in alarm.BySubject()
           from episode in Episode.Of(days)
           select new PastAlert(alarm.Name, episode.Since.Subject, episode.Worst.Severity, episode.Since.Date, episode.Since.Message!),
    ];

    /// <summary>By check.</summary>
    public static IReadOnlyDictionary<string, int> JudgedDays(MonitoringReport report) => report.Alarms.Where(a => a.IsDaily)
        .ToDictionary(a => a.Name, a => a.Days.Where(d => d.Passed is not null).Select(d => d.Date).Distinct().Count(), StringComparer.Ordinal);

    private static double Drop(DayJudgement day) => Table.Number(day.Expected) is > 0 and var expected && day.FoundLow is > 0 and var low ? 1 - low / expected : double.NaN;

    private static double Rise(DayJudgement day) => Table.Number(day.Expected) is > 0 and var expected && day.FoundHigh is { } high ? high / expected - 1 : double.NaN;
}
