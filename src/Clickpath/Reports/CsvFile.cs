using System.Globalization;
using System.Text.RegularExpressions;
using CsvHelper;
using CsvHelper.Configuration;

namespace Clickpath.Reports;

/// <summary>Writes tables as CSV (RFC 4180, UTF-8, \n).</summary>
internal static partial class CsvFile
{
    /// <summary>Writes a table; text that a spreadsheet would run as a formula is defused with a leading apostrophe.</summary>
    public static void Write(string path, Table table, ColumnFormats formats)
    {
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        using var csv = new CsvWriter(writer, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            NewLine = "\n",
            InjectionOptions = InjectionOptions.None,
        });
        foreach (var column in table.Columns)
            csv.WriteField(column);
        csv.NextRecord();
        foreach (var row in table.Rows)
        {
            for (var i = 0; i < row.Length; i++)
                csv.WriteField(row[i] is string text ? Defused(text) : formats.CsvText(table.Columns[i], row[i]));
            csv.NextRecord();
        }
    }

    /// <summary>Text that begins with =, +, -, @ (narrow or full width), tab, CR or LF gets an apostrophe before it (OWASP, "CSV
    /// Injection"). A plain number is no formula: -5 stays -5.</summary>
    internal static string Defused(string text) =>
        text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠' && !PlainNumber().IsMatch(text) ? "'" + text : text;

    [GeneratedRegex(@"^-[0-9]+(\.[0-9]+)?\z")]
    private static partial Regex PlainNumber();
}
