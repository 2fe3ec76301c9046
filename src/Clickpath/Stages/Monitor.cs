using Clickpath.Monitoring;
using Clickpath.Reports;
using Clickpath.Reports.Charts;
using Clickpath.Runs;
using Clickpath.Sql;

namespace Clickpath.Stages;

/// <summary>Runs the checks of <c>sql/monitor</c> on every day, and writes what they say of the latest complete one.</summary>
internal static class Monitor
{
    // The model that says which day is watched; it has one row, or none where no day is complete.
    private const string MonitoredDay = "monitored_day";

    public static MonitoringReport Run(Run run)
    {
        var date = Date(run);
        var alarms = new List<Alarm>();
        var results = run.Checks(Folder.Monitor, run: file =>
        {
            alarms.Add(Alarm.Run(run.Sql, file, date));
            return alarms[^1].ResultNow(date);
        });
        if (run.Manifest.Load is not null)
            MetricHistory.Keep(run.Sql, run.Options.TimeZone);
        var report = new MonitoringReport(date, alarms, results);
        Json.Write(run.Output(Stage.Monitor, MonitoringReport.FileName), report.ForMachines());
        File.WriteAllText(run.Output(Stage.Monitor, "monitoring_report.md"), report.Markdown());
        File.WriteAllText(run.Output(Stage.Monitor, "monitoring_report.html"), MonitoringPage.Of(report).ToString());
        File.WriteAllText(run.Output(Stage.Monitor, "metrics.prom"), OpenMetrics.Of(report));
        File.WriteAllText(run.Output(Stage.Monitor, "junit.xml"), JUnit.Of(report));
        WriteBacktest(run, report);
        return report;
    }

    private static void WriteBacktest(Run run, MonitoringReport report)
    {
        CsvFile.Write(run.Output(Stage.Monitor, "backtest.csv"), Backtest.Summary(report), Backtest.Formats);
        File.WriteAllText(run.Output(Stage.Monitor, "backtest.md"), Backtest.Markdown(report));
        File.WriteAllBytes(run.Output(Stage.Monitor, "chart_backtest.png"), ChartRenderer.Png(Backtest.Chart, Backtest.ByDay(report), ColumnFormats.None, "Backtest"));
    }

    private static string? Date(Run run)
    {
        var model = run.Sql.Catalog.Models.FirstOrDefault(m => m.Name == MonitoredDay)
            ?? throw new ClickpathException($"sql/transform: there is no model '{MonitoredDay}'. Monitoring reads from it which day to watch; restore it.");
        run.Make([model]);
        var rows = run.Sql.Rows(model, $"SELECT event_date FROM {MonitoredDay}").Rows;
        return rows.Count > 0 ? rows[0][0] as string : null;
    }
}
