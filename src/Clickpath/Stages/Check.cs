using System.Globalization;
using System.Text.RegularExpressions;
using Clickpath.Reports;
using Clickpath.Sql;

namespace Clickpath.Stages;

/// <summary>One thing that a check measured.</summary>
/// <param name="Subject">What: a file, a day, a column.</param>
/// <param name="Population">How many rows it speaks of.</param>
/// <param name="Observed">long, double or null.</param>
/// <param name="Expected">long, double or null: the bound or the level it is held against.</param>
/// <param name="Passed">Null: there was nothing to judge.</param>
/// <param name="Message">For a person, where it did not pass.</param>
internal sealed record CheckSubject(string Subject, long Population, object? Observed, object? Expected, bool? Passed, string? Message);

/// <summary>What a check found.</summary>
/// <param name="File">The check.</param>
/// <param name="Status">pass, fail or skipped; never pass over no rows.</param>
/// <param name="Population">The rows spoken of by all subjects.</param>
/// <param name="Subjects">In the SELECT's order.</param>
/// <param name="Samples">Rows to look at.</param>
internal sealed partial record CheckResult(SqlFile File, string Status, long Population, IReadOnlyList<CheckSubject> Subjects, Table? Samples)
{
    public string Severity => File["severity"]!;

    public bool Failed => Status == "fail";

    /// <summary>Runs a check.</summary>
    public static CheckResult Run(SqlRunner sql, SqlFile file)
    {
        var table = sql.Rows(file);
        int Required(string column) => table.TryIndexOf(column) is var i and >= 0 ? i
            : throw file.Error($"a check returns subject, population, observed, expected and passed; '{column}' is missing.");
        var (subject, population, observed, expected, passed) = (Required("subject"), Required("population"), Required("observed"), Required("expected"), Required("passed"));
        var formats = Formats(file);
        var subjects = new List<CheckSubject>(table.Rows.Count);
        foreach (var row in table.Rows)
        {
            var rows = Convert.ToInt64(row[population] ?? 0L, CultureInfo.InvariantCulture);
            bool? judged = rows == 0 || row[passed] is null ? null : row[passed] is 1L ? true : row[passed] is 0L ? false
                : throw file.Error($"passed is {row[passed]}. It is 1 or 0, made with CASE, or NULL where there is nothing to judge.");
            if (row[observed] is string || row[expected] is string)
                throw file.Error("observed and expected are numbers. Put words into the message.");
            subjects.Add(new CheckSubject(
                Convert.ToString(row[subject], CultureInfo.InvariantCulture) ?? "",
                rows, row[observed], row[expected], judged,
                judged == false ? Fill(file, table, row, formats) : null));
        }

        var status = subjects.Any(s => s.Passed == false) ? "fail" : subjects.Any(s => s.Passed == true) ? "pass" : "skipped";
        return new CheckResult(file, status, subjects.Sum(s => s.Population), subjects, status == "fail" && file.Samples is { } samples ? sql.Rows(file, samples) : null);
    }

    /// <summary>A file's column formats; an error names the file's line.</summary>
    public static ColumnFormats Formats(SqlFile file)
    {
        try
        {
            return ColumnFormats.Parse(file["format"] ?? "");
        }
        catch (FormatException e)
        {
            throw file.Error(e.Message, "format");
        }
    }

    /// <summary>A template with each <c>{column}</c> replaced by the row's value, as its format reads.</summary>
    public static string Fill(SqlFile file, string template, Table table, object?[] row, ColumnFormats formats, string? key = null) =>
        Placeholder().Replace(template, match =>
        {
            var name = match.Groups[1].Value;
            var column = table.TryIndexOf(name);
            return column >= 0 ? formats.Text(name, row[column])
                : throw file.Error($"'{{{name}}}' is no column of the SELECT.{Nearest.Suggest(name, table.Columns)} It has {string.Join(", ", table.Columns)}.", key);
        });

    private static string Fill(SqlFile file, Table table, object?[] row, ColumnFormats formats) =>
        Fill(file, table.TryIndexOf("message") is var i and >= 0 && row[i] is string own ? own : file["message"]!, table, row, formats, "message");

    [GeneratedRegex(@"\{([a-z0-9_]+)\}")]
    private static partial Regex Placeholder();
}
