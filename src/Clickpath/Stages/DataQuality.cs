using System.Globalization;
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
        var found = run.Checks(Folder.DataQuality);
        var score = QualityScore.Of(run);
        IReadOnlyList<CheckResult> results = [.. found.Select(r => Secrets.Hidden(r) with { Share = score.Shares.GetValueOrDefault(r.File.Name) })];
        var repairs = Repair.Proposals(run);
        var (catalog, scope) = (run.Sql.Catalog, Scope(run));
        var madeOf = Versions.Checksum([run.MadeOf([.. catalog.In(Folder.DataQuality), .. catalog.In(Folder.Repair), .. QualityScore.Models(catalog)]), scope]);
        Output("dq_report.json", path => Json.Write(path, new
        {
            Verdict = CheckReport.Verdict(results),
            Score = score.Overall,
            Baseline = new { Days = score.BaselineDays, Short = score.ShortBaseline },
            Records = run.Manifest.Load is { } load ? new { load.Records, load.Loaded, load.Rejected } : null,
            score.Files,
            Repairs = repairs,
            Checks = results.Select(CheckReport.ForMachines),
        }));
        Output("dq_report.md", path => File.WriteAllText(path, CheckReport.Markdown(
            "Data quality", $"{scope} Score: {score.Overall.ToString("0.#", CultureInfo.InvariantCulture)} of 100. {QualityPage.Verdict(CheckReport.Failed(results))}{(score.ShortBaseline is { } few ? "\n\n" + CheckReport.Escape(few) : "")}", results, CheckReport.Markdown(repairs))));
        Output("dq_report.html", path => QualityPage.Of(scope, results, score, repairs).Write(path));
        Output("detected_issues_sample.csv", path => CsvFile.Write(path, Samples(results), ColumnFormats.Parse("")));
        return results;

        void Output(string name, Action<string> write) => run.Output(Stage.DataQuality, name, null, madeOf, write);
    }

    private static string Scope(Run run) => run.Manifest.Load is { } load
        ? FormattableString.Invariant($"{load.Records:N0} {(load.Records == 1 ? "record" : "records")} in {load.Files.Count:N0} {(load.Files.Count == 1 ? "file" : "files")}: {load.Loaded:N0} loaded, {load.Rejected:N0} rejected.")
        : "Checked again over the last run's database.";

    // One table for all checks. A finding that no row shows (a silence, a missing day) is a row without a line.
    private static Table Samples(IReadOnlyList<CheckResult> results)
    {
        string[] columns = ["check", "severity", "file_name", "line_number", "reason"];
        var rows = results.Where(r => r.Failed).SelectMany(r => r.Samples is { Rows.Count: > 0 } samples
            ? samples.Rows.Take(SampleRows).Select(row => new object?[] { r.File.Name, r.Severity, Cell(r, row, "file_name"), Cell(r, row, "line_number"), Cell(r, row, "reason") })
            : r.Told.Take(SampleRows).Select(finding => new object?[] { r.File.Name, r.Severity, finding.FileName, null, finding.Message }));
        return new Table("detected_issues_sample", columns, [.. rows]);
    }

    private static object? Cell(CheckResult result, object?[] row, string column) =>
        result.Samples!.TryIndexOf(column) is var i and >= 0 ? row[i] : throw result.File.Error($"its samples lack '{column}'. They return file_name, line_number and reason.");
}
