using Clickpath.Runs;

namespace Clickpath.Stages;

/// <summary>A file's score, from 0 to 100; the formula is the model <c>quality_scores</c>.</summary>
internal sealed record FileScore(string File, long Records, long Findings, double Score);

/// <summary>The scores of a run's files.</summary>
/// <param name="Files">By name.</param>
internal sealed record QualityScore(IReadOnlyList<FileScore> Files)
{
    private const string Model = "quality_scores";

    /// <summary>The files' mean, each counting by its records; 100 where there are none.</summary>
    public double Overall => Files.Sum(f => f.Records) is > 0 and var records
        ? Files.Sum(f => (decimal)f.Score * f.Records) / records is var mean ? (double)decimal.Round(mean, 1) : 100
        : Files.Count > 0 ? Files.Min(f => f.Score) : 100;

    /// <summary>Reads the scores from what the checks found, which is in the database by now.</summary>
    public static QualityScore Of(Run run)
    {
        var model = run.Sql.Catalog.Models.FirstOrDefault(m => m.Name == Model)
            ?? throw new ClickpathException($"sql/transform: there is no model '{Model}'. The quality report reads its scores from it; restore it.");
        run.Make([model]);
        var rows = run.Sql.Rows(model, $"SELECT file_name, record_count, finding_count, score_hundredths FROM {Model} ORDER BY file_name").Rows;
        return new QualityScore([.. rows.Select(row => new FileScore((string)row[0]!, (long)row[1]!, (long)row[2]!, (long)row[3]! / 100.0))]);
    }
}
