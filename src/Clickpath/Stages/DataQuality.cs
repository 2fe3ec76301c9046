using System.Globalization;
using Clickpath.Reports;
using Clickpath.Runs;
using Clickpath.Sql;

namespace Clickpath.Stages;

/// <summary>Runs the checks of <c>sql/data_quality</c> and writes what they found.</summary>
internal static class DataQuality
{
    // A parameter of the checks' second SELECTs: how many rows each finding has.
    private const string SampleRows = "sample_rows";

    public static IReadOnlyList<CheckResult> Run(Run run)
    {
        var found = run.Checks(Folder.DataQuality);
        var score = QualityScore.Of(run);
        IReadOnlyList<CheckResult> results = [.. found.Select(r => Secrets.Hidden(r) with { Share = score.Shares.GetValueOrDefault(r.File.Name) })];
        var repairs = Repair.Proposals(run);
        var (catalog, scope) = (run.Sql.Catalog, Scope(run));
        var most = catalog.Parameters.TryGetValue(SampleRows, out var given) ? int.Parse(given, CultureInfo.InvariantCulture) : int.MaxValue;
        var madeOf = Versions.Checksum([run.MadeOf([.. catalog.In(Folder.DataQuality), .. catalog.In(Folder.Repair), .. QualityScore.Models(catalog)]), scope, $"{most}"]);
        // Laid out on another core, while the others are written on this one.
        var page = run.Reuse(Stage.DataQuality, "dq_report.html", null, madeOf) ? null : Task.Run(() => QualityPage.Of(scope, results, score, repairs));
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
        Output("detected_issues_sample.csv", path => CsvFile.Write(path, Samples(results, most), ColumnFormats.Parse("")));
        page?.GetAwaiter().GetResult().Write(run.Output(Stage.DataQuality, "dq_report.html"));
        return results;

        void Output(string name, Action<string> write) => run.Output(Stage.DataQuality, name, null, madeOf, write);
    }

    private static string Scope(Run run) => run.Manifest.Load is { } load
        ? FormattableString.Invariant($"{load.Records:N0} {(load.Records == 1 ? "record" : "records")} in {load.Files.Count:N0} {(load.Files.Count == 1 ? "file" : "files")}: {load.Loaded:N0} loaded, {load.Rejected:N0} rejected.")
        : "Checked again over the last run's database.";

    // One table for all checks. A finding that no row shows (a silence, a missing day) is a row without a line.
    private static Table Samples(IReadOnlyList<CheckResult> results, int most)
    {
        string[] columns = ["check", "severity", "subject", "file_name", "line_number", "reason"];
        var rows = results.Where(r => r.Failed).SelectMany(r => r.Told.SelectMany(finding => r.RowsOf(finding, most)
            .DefaultIfEmpty(new SampleRow(finding.FileName, null, finding.Message))
            .Select(row => new object?[] { r.File.Name, r.Severity, finding.Subject, row.FileName, row.LineNumber, row.Reason })));
        return new Table("detected_issues_sample", columns, [.. rows]);
    }
}
