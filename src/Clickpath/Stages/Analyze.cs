using Clickpath.Reports;
using Clickpath.Reports.Charts;
using Clickpath.Reports.Html;
using Clickpath.Reports.Summary;
using Clickpath.Runs;
using Clickpath.Sql;

namespace Clickpath.Stages;

/// <summary>Runs the reports of <c>sql/analyze</c>: tables, charts and the executive summary.</summary>
internal static class Analyze
{
    public static void Run(Run run)
    {
        var only = Only(run);
        var reports = new List<Report>();
        var pictures = new Dictionary<Chart, Task<(byte[] Png, string Svg)>>();
        var currency = run.Sql.Catalog.Reports.FirstOrDefault(r => r["kind"] == "currency");
        var code = currency is null ? null : Currency(currency, Rows(run, currency, only));
        foreach (var file in run.Sql.Catalog.Reports.Where(f => f != currency))
        {
            var report = new Report(file, Rows(run, file, only), CheckResult.Formats(file).In(code)) { Charts = Charts(file) };
            reports.Add(report);
            // Drawn on other cores while SQL runs on this one; the files are written at the end, in order.
            if (only.Contains(file))
                foreach (var chart in report.Charts.Where(chart => !(run.Reuse(Stage.Analyze, chart.Name + ".png", file, MadeOf(file)) & run.Reuse(Stage.Analyze, chart.Name + ".svg", file, MadeOf(file)))))
                    pictures.Add(chart, Task.Run(() => Draw(chart, report)));
        }

        Invariants.Check(run, file => run.Sql.Catalog.Upstream(file).Any(f => f.Folder == Folder.Analyze));
        var madeOf = run.MadeOf(run.Sql.Catalog.Reports);
        var summary = new Lazy<SummaryDocument>(() => Summary.Of("Executive summary", reports));
        var pdf = run.Reuse(Stage.Analyze, "executive_summary.pdf", null, run.MadeOf(run.Sql.Catalog.Reports.Where(r => r == currency || Summary.Has(r)))) ? null : Task.Run(() => ExecutiveSummary.Pdf(summary.Value));
        var page = new Lazy<HtmlPage>(() => ReportPage.Of(summary.Value, reports, run.Sql.Catalog));
        if (pdf is not null || pictures.Count > 0)
            Task.Run(() => page.Value); // where nothing is new, it is not laid out either
        // It leads to what other stages write, and only the end of the run knows whether they did.
        run.AtTheEnd(() =>
        {
            List<(string Path, string Words)> links = [("executive_summary.pdf", "The summary as PDF"), ("../data_quality/dq_report.html", "Data quality report")];
            if (run.Has(Stage.Monitor, "monitoring_report.html"))
                links.Add(("../monitor/monitoring_report.html", "Monitoring report"));
            run.Output(Stage.Analyze, "report.html", null, Versions.Checksum([madeOf, .. links.Select(link => link.Path)]), path => ReportPage.With(links, page.Value).Write(path));
        });
        foreach (var report in reports.Where(r => only.Contains(r.File)))
            run.Output(Stage.Analyze, $"{report.File.Name}.csv", report.File, MadeOf(report.File), path => CsvFile.Write(path, report.Table, report.Formats));
        // The next stage need not wait for what is still being drawn.
        run.AtTheEnd(() =>
        {
            foreach (var report in reports)
            {
                foreach (var chart in report.Charts.Where(pictures.ContainsKey))
                {
                    var (png, svg) = pictures[chart].GetAwaiter().GetResult();
                    File.WriteAllBytes(run.Output(Stage.Analyze, chart.Name + ".png", report.File), png);
                    File.WriteAllText(run.Output(Stage.Analyze, chart.Name + ".svg", report.File), svg);
                }
            }

            if (pdf is not null)
                File.WriteAllBytes(run.Output(Stage.Analyze, "executive_summary.pdf"), pdf.GetAwaiter().GetResult());
        });
        if (run.Options.Only is { } name && reports.Find(r => r.File.Name == name) is { } asked)
            run.Options.Print?.Invoke(TextTable.Of(asked.Table, asked.Formats));

        // How money reads hangs on the currency.
        string MadeOf(SqlFile file) => run.MadeOf(currency is null ? [file] : [file, currency]);
    }

    // The reports to run: all, or the one that was asked for with those that it reads and those that read it.
    private static HashSet<SqlFile> Only(Run run)
    {
        var catalog = run.Sql.Catalog;
        if (run.Options.Only is not { } name)
            return [.. catalog.Reports];
        var asked = catalog.Reports.FirstOrDefault(r => r.Name == name)
            ?? throw new ClickpathException($"--only {name}: there is no such report.{Nearest.Suggest(name, catalog.Reports.Select(r => r.Name))} It is the name of a file in sql/analyze, without its ending.");
        return [asked, .. catalog.Upstream(asked).Where(f => f.Folder == Folder.Analyze), .. catalog.Reports.Where(r => catalog.Upstream(r).Contains(asked))];
    }

    private static Table Rows(Run run, SqlFile file, HashSet<SqlFile> only)
    {
        if (!only.Contains(file) && run.Sql.LastRows(file) is { } last)
            return last;
        only.Add(file); // new since the last run
        return run.Timed(file, () => run.Sql.MakeReport(file), t => t.Rows.Count);
    }

    private static string? Currency(SqlFile file, Table table) =>
        table.TryIndexOf("currency") is var i and >= 0 ? table.Rows.Select(row => row[i] as string).FirstOrDefault()
        : throw file.Error("the column 'currency' is missing; kind currency needs it.");

    private static (byte[] Png, string Svg) Draw(Chart chart, Report report)
    {
        try
        {
            var title = report.File["title"]!;
            return (ChartRenderer.Png(chart.Spec, report.Table, report.Formats, title), ChartRenderer.Svg(chart.Spec, report.Table, report.Formats, title));
        }
        catch (FormatException e)
        {
            throw report.File.Error(e.Message, "chart");
        }
    }

    private static List<Chart> Charts(SqlFile file)
    {
        try
        {
            return [.. file.All("chart").Select(ChartSpec.Parse).Select(spec => new Chart($"chart_{spec.Name ?? file.Name}", spec))];
        }
        catch (FormatException e)
        {
            throw file.Error(e.Message, "chart");
        }
    }
}
