using Clickpath.Reports.Fonts;
using OxyPlot;
using OxyPlot.Axes;
using SkiaSharp;

namespace Clickpath.Reports.Charts;

/// <summary>Bars, side by side or stacked: upright for days, numbers and a few short names, lying for the rest.</summary>
internal static class BarPlot
{
    private const float LabelShare = 0.34f;
    private const int MostUpright = 8;
    private const float RowHeight = 17;
    private const float ThinBar = 10.5f;
    private const double Filled = 0.78;
    private const double FilledBySeveral = 0.88;

    /// <summary>How many categories have room, lying, in a plot of this height.</summary>
    public static int Room(ChartSpec spec, ChartData data, float height)
    {
        var groups = GroupsOf(spec, data);
        return Math.Max(1, (int)((height - 30) / Math.Max(RowHeight, groups * ThinBar)));
    }

    /// <summary>Whether the bars lie.</summary>
    public static bool Lies(ChartData data, float width)
    {
        if (data.Kind != XKind.Category)
            return false;
        if (data.Categories.Count > MostUpright)
            return true;
        var slot = (width - 60) / Math.Max(1, data.Categories.Count) - 10;
        return data.Categories.Any(name => name.Split(' ').Any(word => Ticks.Lettering.Width(word) > slot) || Ticks.Lettering.Wrap(name, slot).Count > 2);
    }

    public static void Draw(Sheet sheet, SKRect area, Plot plot, bool lies)
    {
        if (lies)
            Lying(sheet, area, plot);
        else
            Upright(sheet, area, plot);
    }

    private static int GroupsOf(ChartSpec spec, ChartData data) => spec.Type == ChartType.Stacked ? 1 : data.Panels.SelectMany(panel => panel.Groups).Select(group => group.Color + 1).DefaultIfEmpty(1).Max();

    private static void Lying(Sheet sheet, SKRect area, Plot plot)
    {
        var count = plot.Data.Categories.Count;
        var row = (area.Height - 30) / count;
        var lines = row >= 2 * Ticks.Lettering.LineHeight ? 2 : 1;
        var most = area.Width * LabelShare;
        var names = plot.Data.Categories
            .Select((name, i) => new Tick(i, string.Join('\n', Ticks.Lettering.Wrap(name, most, lines))))
            .ToList();
        var left = Plot.Widest(names) + Ticks.Gap + 2;
        var boxes = Boxes(plot, lying: true);
        var labelled = plot.Spec.Type != ChartType.Stacked ? boxes.Select(box => BoxSeries.LabelWidth(box.Label)).DefaultIfEmpty(0).Max() + 10 : 16;
        var values = Ends(plot).ToList();
        var width = Math.Max(area.Width - left - 6, 40);
        var scale = Ticks.Values(values, plot.Panel.Column, plot.Formats, Math.Max(2, (int)(width / 90)), fromZero: true);
        var (low, high) = WithRoom(values, scale, Math.Min(labelled / width, 0.4));
        var ticks = scale.Ticks.Where(tick => tick.At >= low && tick.At <= high).ToList();
        var x = new TickAxis(AxisPosition.Bottom, low, high, ticks, gridlines: true);
        var y = new TickAxis(AxisPosition.Left, -0.5, count - 0.5, names, gridlines: false) { StartPosition = 1, EndPosition = 0, TextColor = Palette.Ink.Oxy() };
        Plot.Draw(sheet, area, new OxyThickness(left, 4, 6, Plot.Below(ticks) + 4), x, y, [new BoxSeries(boxes, horizontal: true), new AnswerSeries(Answers(plot, lying: true))], zeroUp: true);
    }

    private static void Upright(Sheet sheet, SKRect area, Plot plot)
    {
        var count = Math.Max(plot.Data.Categories.Count, 1);
        var values = Ends(plot).ToList();
        var scale = Ticks.Values(values, plot.Panel.Column, plot.Formats, Math.Max(2, (int)(area.Height / 55)), fromZero: true);
        var left = Plot.Widest(scale.Ticks) + Ticks.Gap;
        var width = area.Width - left - 10;
        var slot = width / count;
        var ticks = plot.Data.Kind switch
        {
            XKind.Date => DayTicks(plot.Data.Categories, width),
            XKind.Number => Ticks.Categories(plot.Data.Categories, width),
            _ => [.. plot.Data.Categories.Select((name, i) => new Tick(i, string.Join('\n', Ticks.Lettering.Wrap(name, slot - 8, 2))))],
        };
        var named = plot.Data.Kind == XKind.Number;
        var below = Plot.Below(ticks) + (named ? Ticks.Lettering.LineHeight : 4);
        var labelled = plot.Spec.Type != ChartType.Stacked ? 18 / Math.Max(area.Height - below, 40) : 0;
        var (low, high) = WithRoom(values, scale, labelled);
        var groups = GroupsOf(plot.Spec, plot.Data);
        var x = new TickAxis(AxisPosition.Bottom, -0.5, count - 0.5, ticks, gridlines: false);
        var y = new TickAxis(AxisPosition.Left, low, high, scale.Ticks.Where(tick => tick.At >= low && tick.At <= high).ToList(), gridlines: true);
        Plot.Draw(sheet, area, new OxyThickness(left, 6, 10, below), x, y,
            [new BoxSeries(Boxes(plot, lying: false), horizontal: false, labelRoom: slot / groups - 1), new AnswerSeries(Answers(plot, lying: false))], zeroAcross: true);
        if (named)
            Plot.CaptionBelow(sheet, area, left, ColumnFormats.Label(plot.Spec.X));
    }

    private static List<Tick> DayTicks(IReadOnlyList<string> days, float width)
    {
        var numbers = days.Select(day => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture).DayNumber).ToList();
        if (numbers.Count == 1)
            return [.. Ticks.Days(numbers[0], numbers[0], width).Select(tick => tick with { At = 0 })];
        var step = numbers[1] - numbers[0];
        return [.. Ticks.Days(numbers[0], numbers[^1], width).Select(tick => tick with { At = (tick.At - numbers[0]) / step })];
    }

    // The scale, with a share of the length left free beyond the longest bar for its label.
    private static (double Low, double High) WithRoom(List<double> values, ValueScale scale, double share)
    {
        double low = Math.Min(values.DefaultIfEmpty(0).Min(), 0), high = Math.Max(values.DefaultIfEmpty(0).Max(), 0);
        if (low == 0 && high == 0)
            return (scale.Minimum, scale.Maximum);
        var both = low < 0 && high > 0;
        var length = (high - low) / (1 - Math.Min(share, 0.4) * (both ? 2 : 1));
        var room = length * share;
        return (low < 0 ? low - room : 0, high > 0 ? high + room : 0);
    }

    // Where each bar, or each stack of them, ends.
    private static IEnumerable<double> Ends(Plot plot)
    {
        var all = plot.Data.Panels.Where(panel => panel.Column == plot.Panel.Column);
        if (plot.Spec.Type == ChartType.Waterfall)
            return Boxes(plot, lying: true).SelectMany(box => (double[])[box.X0, box.X1]);
        return plot.Spec.Type == ChartType.Stacked
            ? all.SelectMany(panel => panel.Marks.Where(mark => double.IsFinite(mark.Y)).GroupBy(mark => (mark.Category, mark.Y < 0)).Select(stack => stack.Sum(mark => mark.Y)))
            : plot.Scaled.SelectMany(mark => (double[])[mark.Y, mark.Interval.Low, mark.Interval.High]).Where(double.IsFinite);
    }

    // The whole slot of a category answers, so that a thin or short bar can be pointed at.
    private static IEnumerable<(DataPoint, DataPoint, Answer)> Answers(Plot plot, bool lying) => Answer.ByCategory(plot).Select(marks =>
    {
        double low = marks[0].Mark.Category - 0.5, high = low + 1;
        return lying ? (new DataPoint(-AnswerSeries.Edge, low), new DataPoint(AnswerSeries.Edge, high), Answer.About(plot, marks))
            : (new DataPoint(low, -AnswerSeries.Edge), new DataPoint(high, AnswerSeries.Edge), Answer.About(plot, marks));
    });

    private static List<Box> Boxes(Plot plot, bool lying)
    {
        var stacked = plot.Spec.Type == ChartType.Stacked;
        var groups = GroupsOf(plot.Spec, plot.Data);
        var filled = groups > 1 ? FilledBySeveral : Filled;
        var thick = filled / groups;
        var boxes = new List<Box>();
        var ends = new Dictionary<(int, bool), double>();
        var level = 0.0;
        foreach (var group in plot.Panel.Groups)
            foreach (var mark in group.Marks.Where(mark => double.IsFinite(mark.Y)))
            {
                var falls = plot.Spec.Type == ChartType.Waterfall;
                var from = stacked ? ends.GetValueOrDefault((mark.Category, mark.Y < 0)) : falls && !mark.Total ? level : 0;
                var to = level = from + mark.Y;
                ends[(mark.Category, mark.Y < 0)] = to;
                var start = mark.Category - filled / 2 + (stacked ? 0 : group.Color) * thick;
                var color = Palette.Series[!falls || mark.Total ? group.Color % Palette.Series.Count : mark.Y < 0 ? Palette.Loss : Palette.Gain].Oxy();
                boxes.Add((lying ? new Box(from, start, to, start + thick, color) : new Box(start, from, start + thick, to, color)) with
                {
                    Hatched = mark.Partial,
                    Label = stacked && mark.Partial ? "" : (falls && !mark.Total && mark.Y > 0 ? "+" : "") + plot.Formats.Compact(group.Column, mark.Y),
                    Interval = mark.Interval,
                    Place = stacked ? LabelPlace.Inside : LabelPlace.Beyond,
                });
            }
        return boxes;
    }
}
