using System.Globalization;
using System.Text;

namespace Clickpath.Monitoring;

/// <summary>Figures and alerts as OpenMetrics text, for a node exporter's textfile collector or a push gateway.</summary>
internal static class OpenMetrics
{
    public static string Of(MonitoringReport report)
    {
        var text = new StringBuilder();
        Family("clickpath_monitor_pass", "1 where no alert is critical", [("", report.Status == "PASS" ? 1 : 0)]);
        if (report.Date is { } date)
            Family("clickpath_monitored_day_timestamp_seconds", "Midnight UTC of the latest complete day", [("", DateTimeOffset.Parse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeSeconds())]);
        Family("clickpath_alert", "1 for each alert raised today", report.Alerts.Select(a => (Labels(("check", a.Alarm.Name), ("subject", a.Today.Subject), ("severity", a.Severity), ("since", a.Episode.Since.Date)), 1d)));
        var now = report.Alarms.SelectMany(alarm => alarm.Now(report.Date).Where(d => d.Passed is not null).Select(day => (Labels: Labels(("check", alarm.Name), ("subject", day.Subject)), Day: day))).ToList();
        Family("clickpath_observed", "The figure of the latest complete day", now.Select(n => (n.Labels, Reports.Table.Number(n.Day.Observed))));
        Family("clickpath_expected", "What was expected of it", now.Select(n => (n.Labels, Reports.Table.Number(n.Day.Expected))));
        Family("clickpath_expected_low", "Below it falls one day in a thousand", now.Select(n => (n.Labels, n.Day.Low ?? double.NaN)));
        Family("clickpath_expected_high", "Above it falls one day in a thousand", now.Select(n => (n.Labels, n.Day.High ?? double.NaN)));
        return text.Append("# EOF\n").ToString();

        void Family(string name, string help, IEnumerable<(string Labels, double Value)> samples)
        {
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} gauge\n# HELP {name} {help}\n");
            foreach (var (labels, value) in samples.Where(s => double.IsFinite(s.Value)))
                text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {value:R}\n");
        }
    }

    private static string Labels(params (string Name, string Value)[] labels) => "{" + string.Join(',', labels.Select(l => $"{l.Name}=\"{Escape(l.Value)}\"")) + "}";

    private static string Escape(string value) => string.Concat(value.Select(c => c switch
    {
        '\\' => "\\\\",
        '"' => "\\\"",
        '\n' => "\\n",
        _ when char.IsControl(c) => " ",
        _ => c.ToString(),
    }));
}
