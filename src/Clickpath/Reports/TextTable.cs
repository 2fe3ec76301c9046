using System.Globalization;
using System.Text;
using Clickpath.Reports.Fonts;

namespace Clickpath.Reports;

/// <summary>A table for a terminal: aligned, numbers to the right, nothing in it that a terminal would obey.</summary>
internal static class TextTable
{
    private const int MostRows = 60;
    private const int WidestCell = 60;

    /// <summary>Draws it.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="formats">How the columns read; null: each value in full, so that it can be asked for again.</param>
    public static string Of(Table table, ColumnFormats? formats)
    {
        var rows = table.Rows.Take(MostRows)
            .Select(row => row.Select((value, i) => Lettering.Clean(formats is null ? Convert.ToString(value ?? "–", CultureInfo.InvariantCulture)! : formats.Text(table.Columns[i], value), WidestCell)).ToArray()).ToList();
        var right = table.Columns.Select((_, i) => table.Rows.Any(r => r[i] is long or double) && table.Rows.All(r => r[i] is null or long or double)).ToList();
        var widths = table.Columns.Select((column, i) => rows.Select(row => row[i].Length).Append(column.Length).Max()).ToList();
        var text = new StringBuilder();
        Line([.. table.Columns]);
        Line([.. widths.Select(width => new string('-', width))]);
        foreach (var row in rows)
            Line(row);
        var shown = rows.Count == table.Rows.Count ? "" : string.Create(CultureInfo.InvariantCulture, $"{rows.Count} of ");
        return text.Append(CultureInfo.InvariantCulture, $"({shown}{table.Rows.Count} row{(table.Rows.Count == 1 ? "" : "s")})\n").ToString();

        void Line(string[] cells) => text.Append(string.Join("  ", cells.Select((cell, i) => right[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd()).Append('\n');
    }
}
