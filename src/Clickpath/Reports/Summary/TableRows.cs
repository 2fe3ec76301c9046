using System.Globalization;
using Clickpath.Reports.Charts;
using Clickpath.Reports.Fonts;
using SkiaSharp;

namespace Clickpath.Reports.Summary;

/// <summary>The first rows of a table: numbers to the right, text wrapped, the header again on each page.</summary>
internal static class TableRows
{
    private const int MostColumns = 8;
    private const int MostLines = 3;
    private const int LongestCell = 300;
    private const float Gap = 10;
    private const float Air = 4;
    private const float LeastWidth = 40;
    private const float LeastTextWidth = 80;

    private static readonly SKColor Stripe = new(0xF7, 0xF9, 0xFB);
    private static readonly Lettering Head = new(8.5f, Bold: true);
    private static readonly Lettering Cell = new(8.5f);

    public static void Place(PageFlow flow, TableItem item)
    {
        var table = item.Table;
        var columns = Math.Min(table.Columns.Count, MostColumns);
        if (columns == 0)
            return;
        var names = table.Columns.Take(columns).Select(column => Lettering.Clean(ColumnFormats.Label(column), LongestCell)).ToList();
        var rows = table.Rows.Take(item.MaxRows)
            .Select(row => Enumerable.Range(0, columns).Select(i => Lettering.Clean(item.Formats.Text(table.Columns[i], row[i]), LongestCell)).ToList())
            .ToList();
        var right = Enumerable.Range(0, columns)
            .Select(i => table.Rows.Any(row => row[i] is long or double) && table.Rows.All(row => row[i] is null or long or double)).ToList();
        var widths = Widths(names, rows, right);
        var shown = widths.Count;
        names = names[..shown];
        rows = [.. rows.Select(row => row[..shown])];

        var header = new Line(names, widths, right, Head);
        flow.Keep(header.Height + 2 * (Cell.LineHeight + 2 * Air));
        flow.Place(header.Height, (sheet, top) => header.Draw(sheet, top, ruled: true));
        for (var i = 0; i < rows.Count; i++)
        {
            var line = new Line(rows[i], widths, right, Cell);
            var striped = i % 2 == 1;
            if (line.Height > flow.Room)
            {
                flow.Break();
                flow.Place(header.Height, (sheet, top) => header.Draw(sheet, top, ruled: true));
            }
            flow.Place(line.Height, (sheet, top) =>
            {
                if (striped)
                    sheet.Fill(new SKRect(PageFlow.Left, top, PageFlow.Left + PageFlow.Width, top + line.Height), Stripe);
                line.Draw(sheet, top, ruled: false);
            });
        }
        var left = rows.Count == 0 ? "No data"
            : (table.Rows.Count > rows.Count, table.Columns.Count > shown) switch
            {
                (true, true) => string.Create(CultureInfo.InvariantCulture, $"{rows.Count} of {table.Rows.Count} rows and {shown} of {table.Columns.Count} columns; all are in {table.Name}.csv"),
                (true, false) => string.Create(CultureInfo.InvariantCulture, $"{rows.Count} of {table.Rows.Count} rows; all are in {table.Name}.csv"),
                (false, true) => string.Create(CultureInfo.InvariantCulture, $"{shown} of {table.Columns.Count} columns; all are in {table.Name}.csv"),
                _ => "",
            };
        if (left.Length > 0)
            flow.Lines(Cell.Wrap(Lettering.Clean(left), PageFlow.Width), Gap / 2, Cell, Palette.Muted);
    }

    // What each column would like. Where that is too much, text gives way, the widest first, but never a number, which would
    // be misread in two lines; where that is not enough, the last columns are left out.
    private static List<float> Widths(List<string> names, List<List<string>> rows, List<bool> numbers)
    {
        var cells = names.Select((_, i) => Gap + 1 + rows.Select(row => Cell.Width(row[i])).DefaultIfEmpty(0).Max()).ToList();
        var wanted = names.Select((name, i) => Math.Max(cells[i], Gap + 1 + Head.Width(name))).ToList();
        var least = names.Select((_, i) => numbers[i] ? Math.Max(cells[i], LeastWidth) : Math.Min(wanted[i], LeastTextWidth)).ToList();
        var count = names.Count;
        while (count > 1 && least.Take(count).Sum() > PageFlow.Width)
            count--;
        (wanted, least) = (wanted[..count], least[..count]);

        var free = PageFlow.Width - wanted.Sum();
        if (free >= 0)
            return [.. wanted.Select(width => width + free / count)];
        float low = 0, high = PageFlow.Width;
        for (var i = 0; i < 40; i++)
        {
            var middle = (low + high) / 2;
            if (Capped(middle).Sum() <= PageFlow.Width)
                low = middle;
            else
                high = middle;
        }
        return [.. Capped(low).Select(width => Math.Min(width, PageFlow.Width))];

        IEnumerable<float> Capped(float cap) => wanted.Select((width, i) => Math.Max(least[i], Math.Min(width, cap)));
    }

    private sealed class Line(IReadOnlyList<string> cells, IReadOnlyList<float> widths, IReadOnlyList<bool> right, Lettering lettering)
    {
        private readonly List<IReadOnlyList<string>> _cells = [.. cells.Select((cell, i) => lettering.Wrap(cell, widths[i] - Gap, MostLines))];

        public float Height => 2 * Air + _cells.Max(lines => lines.Count) * lettering.LineHeight;

        public void Draw(Sheet sheet, float top, bool ruled)
        {
            var x = PageFlow.Left;
            for (var i = 0; i < _cells.Count; i++)
            {
                for (var j = 0; j < _cells[i].Count; j++)
                {
                    var text = _cells[i][j];
                    var left = right[i] ? x + widths[i] - Gap / 2 - lettering.Width(text) : x + Gap / 2;
                    sheet.Text(text, left, top + Air + j * lettering.LineHeight + lettering.Size, lettering, Palette.Ink);
                }
                x += widths[i];
            }
            if (ruled)
                sheet.Line(PageFlow.Left, top + Height, PageFlow.Left + PageFlow.Width, top + Height, Palette.Axis, 0.8f);
        }
    }
}
