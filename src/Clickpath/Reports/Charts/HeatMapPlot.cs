using OxyPlot;
using OxyPlot.Axes;
using SkiaSharp;

namespace Clickpath.Reports.Charts;

/// <summary>Cells coloured by value; a cell without one is blank.</summary>
internal static class HeatMapPlot
{
    private const float LabelShare = 0.3f;
    private const float RowHeight = 15;
    private const float UprightRoom = 90;

    /// <summary>How many rows have room in a plot of this height.</summary>
    public static int Room(float height) => Math.Max(1, (int)((height - 40) / RowHeight));

    /// <summary>The most columns that are still seen apart.</summary>
    public static int Columns(float width) => Math.Max(1, (int)(width * (1 - LabelShare) / 4));

    public static void Draw(Sheet sheet, SKRect area, Plot plot)
    {
        var rows = plot.Data.Panels.SelectMany(panel => panel.Groups).GroupBy(group => group.Color).OrderBy(group => group.Key).Select(group => group.First().Name).ToList();
        var names = rows.Select((name, i) => new Tick(i, Ticks.Lettering.Fit(name, area.Width * LabelShare))).ToList();
        var left = Plot.Widest(names) + Ticks.Gap + 2;
        var width = area.Width - left - 6;
        var ticks = Ticks.Categories([.. plot.Data.Categories.Select(name => Ticks.Lettering.Fit(name, UprightRoom))], width);
        // Names that lack the room to lie stand, where that shows more of them.
        var stand = ticks.Count < plot.Data.Categories.Count && plot.Data.Kind == XKind.Category && width / plot.Data.Categories.Count >= Ticks.Lettering.LineHeight
            && !plot.Data.Categories.All(name => char.IsAsciiDigit(name[0]));
        if (stand)
            ticks = [.. plot.Data.Categories.Select((name, i) => new Tick(i, Ticks.Lettering.Fit(name, UprightRoom)))];
        var largest = Largest(plot.Scaled);
        var boxes = plot.Panel.Groups.SelectMany(group => group.Marks.Where(mark => double.IsFinite(mark.Y)).Select(mark => new Box(mark.Category - 0.48, group.Color - 0.47, mark.Category + 0.48, group.Color + 0.47,
            Palette.Heat(largest == 0 ? 0 : mark.Y / largest).Oxy())
        {
            Hatched = mark.Partial,
            Label = mark.Partial ? "" : plot.Formats.Compact(group.Column, mark.Y),
        })).ToList();
        var x = new TickAxis(AxisPosition.Bottom, -0.5, Math.Max(plot.Data.Categories.Count, 1) - 0.5, ticks, gridlines: false) { Angle = stand ? -90 : 0 };
        var y = new TickAxis(AxisPosition.Left, -0.5, Math.Max(rows.Count, 1) - 0.5, names, gridlines: false) { StartPosition = 1, EndPosition = 0, TextColor = Palette.Ink.Oxy() };
        Plot.Draw(sheet, area, new OxyThickness(left, 4, 6, (stand ? Plot.Widest(ticks) + Ticks.GapBelow + 4 : Plot.Below(ticks)) + Ticks.Lettering.LineHeight), x, y, [new BoxSeries(boxes, horizontal: false), new AnswerSeries(Answers(plot))]);
        Plot.CaptionBelow(sheet, area, left, ColumnFormats.Label(plot.Spec.X));
    }

    private static IEnumerable<(DataPoint, DataPoint, Answer)> Answers(Plot plot) => plot.Panel.Groups.SelectMany(group => group.Marks
        .Where(mark => double.IsFinite(mark.Y))
        .Select(mark => (new DataPoint(mark.Category - 0.5, group.Color - 0.5), new DataPoint(mark.Category + 0.5, group.Color + 0.5), Answer.About(plot, [(group, mark)]))));

    /// <summary>The value that has the deepest colour.</summary>
    public static double Largest(IEnumerable<Mark> marks) => marks.Where(mark => double.IsFinite(mark.Y)).Select(mark => Math.Abs(mark.Y)).DefaultIfEmpty(0).Max();
}
