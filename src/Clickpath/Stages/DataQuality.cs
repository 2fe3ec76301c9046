using Clickpath.Reports;
using Clickpath.Runs;
using Clickpath.Sql;

namespace Clickpath.Stages;

/// <summary>Runs the checks of <c>sql/data_quality</c> and writes what they found.</summary>
internal static class DataQuality
{
    private const int SampleRows = 20;

    public static IReadOnlyList<CheckResult> Run(Run run)
    {
        var results = run.Checks(Folder.DataQuality);
        Json.Write(run.Output(Stage.DataQuality, "dq_report.json"), new
        {
            Verdict = CheckReport.Verdict(results),
            Records = run.Manifest.Load is { } load ? new { load.Records, load.Loaded, load.Rejected } : null,
            Checks = results.Select(CheckReport.ForMachines),
        });
        File.WriteAllText(run.Output(Stage.DataQuality, "dq_report.md"), CheckReport.Markdown("Data quality", Scope(run), results));
        CsvFile.Write(run.Output(Stage.DataQuality, "detected_issues_sample.csv"), Samples(results), ColumnFormats.Parse(""));
        return results;
    }

    private static string Scope(Run run) => run.Manifest.Load is { } load
        ? FormattableString.Invariant($"{load.Records:N0} records in {load.Files.Count:N0} files: {load.Loaded:N0} loaded, {load.Rejected:N0} rejected.")
        : "Checked again over the last run's database.";

    // One table for all checks: what is not in a check's sample stays empty.
    private static Table Samples(IReadOnlyList<CheckResult> results)
    {
        string[] columns = ["check", "severity", "file_name", "line_number", "reason"];
        var rows = results.Where(r => r.Failed && r.Samples is not null).SelectMany(r => r.Samples!.Rows.Take(SampleRows).Select(row => new object?[]
        {
            r.File.Name, r.Severity, Cell(r, row, "file_name"), Cell(r, row, "line_number"), Cell(r, row, "reason"),
        }));
        return new Table("detected_issues_sample", columns, [.. rows]);
    }

    private static object? Cell(CheckResult result, object?[] row, string column) =>
        result.Samples!.TryIndexOf(column) is var i and >= 0 ? row[i] : throw result.File.Error($"its samples lack '{column}'. They return file_name, line_number and reason.");
}
