using Clickpath.Runs;
using Clickpath.Sql;

namespace Clickpath.Stages;

/// <summary>A file's score, from 0 to 100; its formula, and the whole's, is the model <c>quality_scores</c>.</summary>
internal sealed record FileScore(string File, long Records, long Findings, double Score);

/// <summary>The scores of a run's files.</summary>
/// <param name="Files">By name.</param>
/// <param name="Shares">What each check's findings touch of all events, sessions, orders or revenue, whichever is most; by the check's name.</param>
internal sealed record QualityScore(IReadOnlyList<FileScore> Files, IReadOnlyDictionary<string, double> Shares)
{
    /// <summary>How many days there are to compare a day with.</summary>
    public long BaselineDays { get; init; }

    /// <summary>What to say where they are few; null where they are not.</summary>
    public string? ShortBaseline { get; init; }

    /// <summary>Of the whole, from 0 to 100; 100 where there are no files.</summary>
    public required double Overall { get; init; }

    /// <summary>The models that the scores are read from.</summary>
    public static IEnumerable<SqlFile> Models(SqlCatalog catalog) => [Model(catalog, "quality_scores"), Model(catalog, "quality_effects"), Model(catalog, "baseline")];

    /// <summary>Reads the scores from what the checks found, which is in the database by now.</summary>
    public static QualityScore Of(Run run)
    {
        var files = Rows(run, "quality_scores", "file_name, record_count, finding_count, score_hundredths, overall_hundredths", "file_name");
        var shares = Rows(run, "quality_effects", "check_name, share", "check_name");
        var baseline = Rows(run, "baseline", "baseline_days, told", "day_count")[0];
        return new QualityScore(
            [.. files.Select(row => new FileScore((string)row[0]!, (long)row[1]!, (long)row[2]!, (long)row[3]! / 100.0))],
            shares.ToDictionary(row => (string)row[0]!, row => (double)row[1]!, StringComparer.Ordinal))
        {
            Overall = files.Count > 0 ? (long)files[0][4]! / 100.0 : 100,
            BaselineDays = (long)baseline[0]!,
            ShortBaseline = (string?)baseline[1],
        };
    }

    private static IReadOnlyList<object?[]> Rows(Run run, string name, string columns, string order)
    {
        var model = Model(run.Sql.Catalog, name);
        run.Make([model]);
        return run.Sql.Rows(model, $"SELECT {columns} FROM {name} ORDER BY {order}").Rows;
    }

    private static SqlFile Model(SqlCatalog catalog, string name) => catalog.Models.FirstOrDefault(m => m.Name == name)
        ?? throw new ClickpathException($"sql/transform: there is no model '{name}'. The quality report reads its scores from it; restore it.");
}
