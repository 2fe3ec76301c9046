using Clickpath.Reports;
using Clickpath.Reports.Charts;
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
        run.Output(Stage.Analyze, "executive_summary.pdf", null, run.MadeOf(reports.Select(r => r.File)), path =>
        {
            using var pdf = File.Create(path);
            ExecutiveSummary.Write(pdf, Summary.Of("Executive summary", reports));
        });
    }

    private static void Write(Run run, SqlFile file, Table table)
    {
        var formats = CheckResult.Formats(file);
        var madeOf = run.MadeOf(file);
        run.Output(Stage.Analyze, $"{file.Name}.csv", file, madeOf, path => CsvFile.Write(path, table, formats));
        foreach (var chart in Charts(file))
        {
            try
            {
                var name = $"chart_{chart.Name ?? file.Name}";
                run.Output(Stage.Analyze, name + ".png", file, madeOf, path => File.WriteAllBytes(path, ChartRenderer.Png(chart, table, formats, file["title"]!)));
                run.Output(Stage.Analyze, name + ".svg", file, madeOf, path => File.WriteAllText(path, ChartRenderer.Svg(chart, table, formats, file["title"]!)));
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
