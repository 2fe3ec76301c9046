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
        var madeOf = Versions.Checksum([run.MadeOf(run.Sql.Catalog.In(Folder.Monitor)), date ?? ""]);
        Output(MonitoringReport.FileName, path => Json.Write(path, report.ForMachines()));
        Output("monitoring_report.md", path => File.WriteAllText(path, report.Markdown()));
        Output("monitoring_report.html", path => File.WriteAllText(path, MonitoringPage.Of(report).ToString()));
        Output("metrics.prom", path => File.WriteAllText(path, OpenMetrics.Of(report)));
        Output("junit.xml", path => File.WriteAllText(path, JUnit.Of(report)));
        Output("backtest.csv", path => CsvFile.Write(path, Backtest.Summary(report), Backtest.Formats));
        Output("backtest.md", path => File.WriteAllText(path, Backtest.Markdown(report)));
        Output("chart_backtest.png", path => File.WriteAllBytes(path, ChartRenderer.Png(Backtest.Chart, Backtest.ByDay(report), ColumnFormats.None, "Backtest")));
        return report;

        void Output(string name, Action<string> write) => run.Output(Stage.Monitor, name, null, madeOf, write);
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
