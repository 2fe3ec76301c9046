using System.Globalization;

namespace Clickpath.Reports.Html;

/// <summary>A cell: what is shown, and what it is sorted by.</summary>
/// <param name="Shown">What is shown.</param>
/// <param name="Value">The value as the CSV has it; null: the text that is shown.</param>
internal readonly record struct HtmlCell(Markup Shown, string? Value = null)
{
    public static implicit operator HtmlCell(string? text) => new(Markup.Of($"{text}"));

    public static implicit operator HtmlCell(Markup markup) => new(markup);

    public static implicit operator HtmlCell(long number) =>
        new(Markup.Of($"{number.ToString("N0", CultureInfo.InvariantCulture)}"), number.ToString(CultureInfo.InvariantCulture));
}

/// <summary>A table that the page's script lets the reader sort, filter and unfold. Without the script all its rows are there.</summary>
internal sealed record HtmlTable
{
    /// <summary>No page holds more rows of one table; the rest is in the CSV, and the page says so.</summary>
    public const int MostRows = 500;

    private const int ShortText = 26;

    /// <summary>What the table is, for those who hear it, and for the filter's label.</summary>
    public required string Caption { get; init; }

    /// <summary>The columns' headings.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    public required IReadOnlyList<IReadOnlyList<HtmlCell>> Rows { get; init; }

    /// <summary>How each column is set: "n" a number, to the right; "k" short words, not broken; else as text. Empty: all text.</summary>
    public IReadOnlyList<string> Styles { get; init; } = [];

    /// <summary>How many rows are shown before the reader asks for all.</summary>
    public int Folded { get; init; } = 10;

    /// <summary>Where all rows are, such as "top_products.csv"; null: nowhere else.</summary>
    public string? Source { get; init; }

    /// <summary>A report's rows.</summary>
    public static HtmlTable From(Table table, ColumnFormats formats, string caption, int folded = 10) => new()
    {
        Caption = caption,
        Columns = [.. table.Columns.Select(ColumnFormats.Label)],
        Styles = [.. table.Columns.Select((_, i) => Style(table, i))],
        Rows = [.. table.Rows.Take(MostRows + 1).Select(row => row.Select((value, i) => Cell(table.Columns[i], value, formats)).ToList())],
        Folded = folded,
        Source = $"{table.Name}.csv",
    };

    public Markup ToMarkup()
    {
        if (Rows.Count == 0)
            return Markup.Of($"<p class=\"nothing\">Nothing in this period: the table has no rows.</p>\n");
        var cut = Rows.Count > MostRows ? Markup.Of($"<p class=\"cut\">The first {MostRows.ToString("N0", CultureInfo.InvariantCulture)} rows; all are in {Source}.</p>\n") : Markup.Empty;
        return Markup.Of($"""
            <div class="table" data-folded="{Folded}" data-source="{Source}">
            <div class="scroll" tabindex="0" role="group" aria-label="{Caption}"><table>
            <caption class="spoken">{Caption}</caption>
            <thead><tr>{Columns.Select((column, i) => Markup.Of($"<th scope=\"col\"{Side(i)}>{column}</th>"))}</tr></thead>
            <tbody>
            {Rows.Take(MostRows).Select(Row)}</tbody></table></div>
            {cut}</div>

            """);
    }

    // A flag is read as a word.
    private static HtmlCell Cell(string column, object? value, ColumnFormats formats) => new(
        Markup.Of($"{(IsFlag(column) ? value switch { 1L => "yes", 0L => "no", _ => formats.Text(column, value) } : formats.Text(column, value))}"),
        value is string ? null : formats.CsvText(column, value));

    private static bool IsFlag(string column) => column.StartsWith("is_", StringComparison.Ordinal) || column.StartsWith("has_", StringComparison.Ordinal);

    // Numbers stand to the right; short words (dates, ids) are not broken.
    private static string Style(Table table, int column)
    {
        var values = table.Rows.Select(row => row[column]).ToList();
        return IsFlag(table.Columns[column]) ? "k"
            : values.Exists(value => value is long or double) && values.TrueForAll(value => value is null or long or double) ? "n"
            : values.TrueForAll(value => value is not string { Length: > ShortText }) ? "k" : "";
    }

    private Markup Row(IReadOnlyList<HtmlCell> row) => Markup.Of($"<tr>{row.Select((cell, i) => i == 0
        ? Markup.Of($"<th scope=\"row\"{Side(i)}{Value(cell)}>{cell.Shown}</th>")
        : Markup.Of($"<td{Side(i)}{Value(cell)}>{cell.Shown}</td>"))}</tr>\n");

    private Markup Side(int column) => column < Styles.Count && Styles[column].Length > 0 ? Markup.Of($" class=\"{Styles[column]}\"") : Markup.Empty;

    private static Markup Value(HtmlCell cell) => cell.Value is null ? Markup.Empty : Markup.Of($" data-v=\"{cell.Value}\"");
}
