using Clickpath.Reports;
using Clickpath.Runs;
using Clickpath.Sql;

namespace Clickpath.Stages;

/// <summary>Runs the checks of <c>sql/monitor</c> on the latest complete day, and writes their alerts.</summary>
internal static class Monitor
{
    // The model that says which day is watched; it has one row, or none where no day is complete.
    private const string MonitoredDay = "monitored_day";

    public static IReadOnlyList<CheckResult> Run(Run run)
    {
        var results = run.Checks(Folder.Monitor);
        var date = Date(run);
        Json.Write(run.Output(Stage.Monitor, "monitoring_report.json"), new
        {
            Date = date,
            Status = results.Any(r => r.Failed && r.Severity == "critical") ? "FAIL" : "PASS",
            Alerts = results.Where(r => r.Failed).SelectMany(result => result.Subjects.Where(s => s.Passed == false).Select(subject => new
            {
                result.Severity,
                Check = result.File.Name,
                subject.Message,
                subject.Subject,
                subject.Population,
                subject.Observed,
                subject.Expected,
            })),
            Checks = results.Select(CheckReport.ForMachines),
        });
        File.WriteAllText(
            run.Output(Stage.Monitor, "monitoring_report.md"),
            CheckReport.Markdown("Monitoring", date is null ? "No day in the data is complete." : $"The latest complete day: {date}.", results));
        return results;
    }

    private static string? Date(Run run)
    {
        var model = run.Sql.Catalog.Models.FirstOrDefault(m => m.Name == MonitoredDay)
            ?? throw new ClickpathException($"sql/transform: there is no model '{MonitoredDay}'. Monitoring reads from it which day to watch; restore it.");
        run.Make(model);
        var rows = run.Sql.Rows(model, $"SELECT event_date FROM {MonitoredDay}").Rows;
        return rows.Count > 0 ? rows[0][0] as string : null;
    }
}
