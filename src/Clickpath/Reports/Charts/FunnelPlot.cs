using Clickpath.Reports.Fonts;
using SkiaSharp;

namespace Clickpath.Reports.Charts;

/// <summary>Steps as centred bars, each with its count, its share of the first step and of the one before.</summary>
internal static class FunnelPlot
{
    private static readonly Lettering Name = new(11.5f);
    private static readonly Lettering Count = new(12.5f, Bold: true);
    private static readonly Lettering Share = new(10.5f);

    /// <summary>How many steps have room in a plot of this height.</summary>
    public static int Room(float height) => Math.Max(1, (int)(height / 30));

    public static void Draw(Sheet sheet, SKRect area, Plot plot)
    {
        var marks = plot.Panel.Groups.SelectMany(group => group.Marks).OrderBy(mark => mark.Category).ToList();
        var first = marks.Count > 0 ? marks[0].Y : double.NaN;
        var largest = plot.Panel.Marks.Select(mark => mark.Y).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        var rowHeight = Math.Min(area.Height / Math.Max(marks.Count, 1), 74);
        var names = Math.Min(area.Width * 0.26f, plot.Data.Categories.Max(Name.Width) + 16);
        var shares = Math.Min(area.Width * 0.34f, Share.Width("100.0% of previous") + 8);
        var center = area.Left + names + (area.Width - names - shares) / 2;
        var half = (area.Width - names - shares) / 2 - 12;
        for (var i = 0; i < marks.Count; i++)
        {
            var top = area.Top + i * rowHeight;
            var middle = top + rowHeight / 2;
            var lines = Name.Wrap(plot.Data.Categories[marks[i].Category], names - 8, rowHeight >= 34 ? 2 : 1);
            sheet.Lines(lines, area.Left, middle - lines.Count * Name.LineHeight / 2, Name, Palette.Ink);

            var value = marks[i].Y;
            var reach = largest > 0 && value > 0 ? Math.Max((float)(value / largest) * half, 1) : 1;
            var gap = Math.Min(rowHeight * 0.16f, 8);
            var color = Palette.Mix(Palette.Series[0], SKColors.White, marks.Count < 2 ? 0 : 0.45 * i / (marks.Count - 1));
            var bar = new SKRect(center - reach, top + gap / 2, center + reach, top + rowHeight - gap / 2);
            sheet.Fill(bar, color, 2);

            sheet.Tell(new Answer(new SKRect(area.Left, top, area.Right, top + rowHeight), plot.Data.Categories[marks[i].Category],
                [(ColumnFormats.Label(plot.Panel.Column), plot.Panel.Column, value)], marks[i].Partial));

            var text = plot.Formats.Text(plot.Panel.Column, double.IsFinite(value) ? value == Math.Floor(value) && Math.Abs(value) < 1e15 ? (long)value : value : null);
            var inside = Count.Width(text) + 10 <= bar.Width;
            sheet.Text(text, inside ? center - Count.Width(text) / 2 : bar.Right + 6, middle + Count.CapHeight / 2, Count, inside ? Palette.On(color) : Palette.Ink);
            var before = i > 0 ? marks[i - 1].Y : double.NaN;
            var words = $"{Part(value, first)} of first";
            sheet.Text(Share.Fit(words, shares - 4), area.Right - shares + 4, middle + (i < 2 || rowHeight < 26 ? Share.CapHeight / 2 : -2), Share, Palette.Ink);
            if (i >= 2 && rowHeight >= 26)
                sheet.Text(Share.Fit($"{Part(value, before)} of previous", shares - 4), area.Right - shares + 4, middle + Share.CapHeight + 4, Share, Palette.Muted);
        }
    }

    private static string Part(double value, double of)
        => double.IsFinite(value) && of > 0 ? Rounding.Percent(value / of, 1, 1) + "%" : "–";
}
