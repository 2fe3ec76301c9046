using Clickpath.Engines;
using Clickpath.Loading;
using Clickpath.Sql;

namespace Clickpath;

/// <summary>What helps who writes SQL files: it says what is wrong with them and what they are made of, and runs nothing.</summary>
/// <param name="options">Which files, and with which parameters.</param>
public sealed class Workbench(PipelineOptions options)
{
    /// <summary>Compiles every SQL file and prints what is wrong, a line each.</summary>
    /// <exception cref="ClickpathException">Something is.</exception>
    public void Check()
    {
        var problems = SqlReview.Of(options.Sql, options.Parameters, out var count);
        foreach (var problem in problems)
            Print($"{(problem.IsError ? "" : "warning: ")}{problem.Message}");
        var errors = problems.Count(p => p.IsError);
        if (errors > 0)
            throw new ClickpathException($"{errors} {(errors == 1 ? "mistake" : "mistakes")} in {count} SQL files; see above.");
        Print($"{count} SQL files are in order.");
    }

    /// <summary>Prints where a column comes from, back to the export, and what depends on it, on to the reports and alarms.</summary>
    /// <param name="of"><c>sessions.channel</c>; or <c>sessions</c> for all its columns; null: the order of execution, and what each file reads.</param>
    /// <exception cref="ClickpathException">There is no such table or column.</exception>
    public void Lineage(string? of)
    {
        var catalog = SqlCatalog.Read(options.Sql, "sqlite", options.Parameters);
        var lineage = Sql.Lineage.Of(catalog);
        foreach (var line in of is null ? LineageText.Order(lineage) : LineageText.Of(lineage, catalog, of))
            Print(line);
    }

    private void Print(string line) => options.Print?.Invoke(line + "\n");
}
