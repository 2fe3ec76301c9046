using Clickpath.Reports;
using Clickpath.Runs;
using Clickpath.Sql;

namespace Clickpath.Stages;

/// <summary>Runs the reports of <c>sql/analyze</c>: tables, charts and the executive summary.</summary>
internal static class Analyze
{
    public static void Run(Run run)
    {
        run.Sql.MakeReportViews();
        foreach (var report in run.Sql.Catalog.Reports)
        {
            var table = run.Timed(report, () => run.Sql.Rows(report), t => t.Rows.Count);
            CsvFile.Write(run.Output(Stage.Analyze, $"{report.Name}.csv", report), table, CheckResult.Formats(report));
        }

        Invariants.Check(run, file => run.Sql.Catalog.Upstream(file).Any(f => f.Folder == Folder.Analyze));
    }
}
