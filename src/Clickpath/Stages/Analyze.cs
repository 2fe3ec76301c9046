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
        run.Sql.MakeReportViews();
        var reports = new List<(SqlFile File, Table Table)>();
        foreach (var report in run.Sql.Catalog.Reports)
            reports.Add((report, run.Timed(report, () => run.Sql.Rows(report), t => t.Rows.Count)));
        Invariants.Check(run, file => run.Sql.Catalog.Upstream(file).Any(f => f.Folder == Folder.Analyze));
        foreach (var (file, table) in reports)
            Write(run, file, table);
        var summary = Summary.Of("Executive summary", reports);
        using (var pdf = File.Create(run.Output(Stage.Analyze, "executive_summary.pdf")))
            ExecutiveSummary.Write(pdf, summary);
        ReportPage.Of(
            summary,
            [.. reports.Select(report => new PageReport(report.File, report.Table, CheckResult.Formats(report.File), [.. Charts(report.File)]))],
            run.Sql.Catalog,
            [("executive_summary.pdf", "The summary as PDF"), ("../data_quality/dq_report.md", "Data quality report")]).Write(run.Output(Stage.Analyze, "report.html"));
    }

    private static void Write(Run run, SqlFile file, Table table)
    {
        var formats = CheckResult.Formats(file);
        CsvFile.Write(run.Output(Stage.Analyze, $"{file.Name}.csv", file), table, formats);
        foreach (var chart in Charts(file))
        {
            try
            {
                var name = $"chart_{chart.Name ?? file.Name}";
                File.WriteAllBytes(run.Output(Stage.Analyze, name + ".png", file), ChartRenderer.Png(chart, table, formats, file["title"]!));
                File.WriteAllText(run.Output(Stage.Analyze, name + ".svg", file), ChartRenderer.Svg(chart, table, formats, file["title"]!));
            }
            catch (FormatException e)
            {
                throw file.Error(e.Message, "chart");
            }
        }
    }

    /// <summary>The charts that a report's header asks for.</summary>
    public static IEnumerable<ChartSpec> Charts(SqlFile file)
    {
        foreach (var header in file.All("chart"))
        {
            ChartSpec spec;
            try
            {
                spec = ChartSpec.Parse(header);
            }
            catch (FormatException e)
            {
                throw file.Error(e.Message, "chart");
            }

            yield return spec;
        }
    }
}
