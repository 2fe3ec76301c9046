using System.Text.RegularExpressions;
using Clickpath.Reports;
using Clickpath.Runs;
using Clickpath.Sql;

namespace Clickpath.Stages;

/// <summary>A row that would mend a defect, if somebody accepts it.</summary>
/// <param name="Id">As <c>--accept</c> takes it.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Effect">What the row would do to the numbers.</param>
/// <param name="File">The SQL file that gets the row, under the folder of SQL files.</param>
/// <param name="Row">The row.</param>
internal sealed record Proposal(string Id, string Title, string Effect, string File, string Row);

/// <summary>Repairs: the files of <c>sql/repair</c> propose rows for reference tables; nothing changes until one is accepted.</summary>
internal static partial class Repair
{
    /// <summary>What the data at hand would have mended.</summary>
    public static IReadOnlyList<Proposal> Proposals(Run run)
    {
        var proposals = new List<Proposal>();
        foreach (var file in run.Sql.Catalog.In(Folder.Repair))
        {
            run.Make(run.Sql.Catalog.Upstream(file).Where(m => m.Folder.IsModel));
            var table = run.Timed(file, () => run.Sql.Rows(file), t => t.Rows.Count);
            var (subject, formats) = (table.IndexOf("subject"), CheckResult.Formats(file));
            foreach (var row in table.Rows.Where(row => row.All(value => value is not string text || !text.Any(char.IsControl))))
            {
                proposals.Add(new Proposal(
                    $"{file.Name}:{row[subject]}",
                    file["title"]!,
                    CheckResult.Fill(file, file["effect"]!, table, row, formats, "effect"),
                    file["target"]!,
                    $"({CheckResult.Fill(file, file["row"]!, table, Quoted(row), ColumnFormats.None, "row")})"));
            }
        }

        return proposals;
    }

    /// <summary>Puts a proposal's row behind the last one of its file's first VALUES.</summary>
    /// <param name="sql">The folder of SQL files.</param>
    /// <param name="proposal">What was accepted.</param>
    /// <exception cref="ClickpathException">The file is not there, or has no VALUES to add to.</exception>
    public static void Apply(string sql, Proposal proposal)
    {
        var path = Path.Combine(sql, proposal.File.Replace('/', Path.DirectorySeparatorChar));
        if (!File.Exists(path))
            throw new ClickpathException($"no such file: '{path}'. The repair {proposal.Id} adds a row to it; restore it.");
        var text = File.ReadAllText(path);
        var rows = ValuesRow().Matches(text[..(text.IndexOf("\n)", StringComparison.Ordinal) is var end and >= 0 ? end : text.Length)]);
        if (rows.Count == 0)
            throw new ClickpathException($"{path}: it has no VALUES with a row on a line of its own. Add this row by hand: {proposal.Row}");
        var last = rows[^1];
        File.WriteAllText(path, text.Insert(last.Index + last.Length, $",\n{last.Groups["indent"].Value}{proposal.Row}"));
    }

    // As SQL has it: what stands in a file's header or rows becomes a literal, whatever it is.
    private static object?[] Quoted(object?[] row) =>
        [.. row.Select(value => value is string text ? "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'" : value)];

    [GeneratedRegex(@"(?m)^(?<indent> +)\(.*\)(?=\r?$)")]
    private static partial Regex ValuesRow();
}
