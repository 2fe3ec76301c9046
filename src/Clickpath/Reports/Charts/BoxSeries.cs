using Clickpath.Reports.Fonts;
using OxyPlot;
using OxyPlot.Series;
using TextAlign = OxyPlot.HorizontalAlignment;

namespace Clickpath.Reports.Charts;

/// <summary>Where a box's label goes.</summary>
internal enum LabelPlace
{
    Inside,

    /// <summary>Beyond its far end: above or below a column, to the right or left of a bar.</summary>
    Beyond,
}

/// <summary>A bar, a segment of one, or a cell, in the axes' values. It runs from the first corner to the second.</summary>
internal sealed record Box(double X0, double Y0, double X1, double Y1, OxyColor Fill)
{
    /// <summary>It stands for a part of a day only.</summary>
    public bool Hatched { get; init; }

    public string Label { get; init; } = "";

    public LabelPlace Place { get; init; }

    /// <summary>The ends of its interval along it; NaN where it has none.</summary>
    public (double Low, double High) Interval { get; init; } = (double.NaN, double.NaN);
}

/// <summary>Boxes with labels where they fit, which OxyPlot's own bars lack: hatching, and labels that are measured.</summary>
/// <param name="boxes">The boxes.</param>
/// <param name="horizontal">They run along x.</param>
/// <param name="labelRoom">The room along a label beyond a column, in the sheet's units; where one lacks it, none is drawn.</param>
internal sealed class BoxSeries(IReadOnlyList<Box> boxes, bool horizontal, double labelRoom = double.MaxValue) : XYAxisSeries
{
    private const double LabelSize = 10.5;
    private const double HatchGap = 5;

    public override void Render(IRenderContext rc)
    {
        var labelled = horizontal || boxes.All(box => box.Place == LabelPlace.Inside || LabelWidth(box.Label) <= labelRoom);
        foreach (var box in boxes)
        {
            var from = Transform(new DataPoint(box.X0, box.Y0));
            var to = Transform(new DataPoint(box.X1, box.Y1));
            var rect = new OxyRect(from, to);
            if (box.Hatched)
                Hatch(rc, rect, box.Fill);
            else
                rc.DrawRectangle(rect, box.Fill, OxyColors.Undefined, 0, EdgeRenderingMode.Automatic);
            if (double.IsFinite(box.Interval.Low) && double.IsFinite(box.Interval.High))
                to = Whisker(rc, box, rect, to);
            if (labelled && box.Label.Length > 0)
                Label(rc, box, rect, to, horizontal ? to.X < from.X : to.Y > from.Y);
        }
    }

    /// <summary>Fills a rectangle as one that is not whole.</summary>
    public static void Hatch(IRenderContext rc, OxyRect rect, OxyColor color)
    {
        rc.DrawRectangle(rect, Palette.Mix(color.Skia(), SkiaSharp.SKColors.White, 0.8).Oxy(), OxyColors.Undefined, 0, EdgeRenderingMode.Automatic);
        rc.PushClip(rect);
        for (var x = rect.Left - rect.Height; x < rect.Right; x += HatchGap)
            rc.DrawLine([new ScreenPoint(x, rect.Bottom), new ScreenPoint(x + rect.Height, rect.Top)], color, 1, EdgeRenderingMode.Automatic, null, LineJoin.Miter);
        rc.PopClip();
        rc.DrawRectangle(rect, OxyColors.Undefined, color, 1, EdgeRenderingMode.Automatic);
    }

    // A thin line from end to end of the interval, with caps; returns where a label is clear of it.
    private ScreenPoint Whisker(IRenderContext rc, Box box, OxyRect rect, ScreenPoint end)
    {
        const double cap = 3.5;
        var (x, y) = (rect.Center.X, rect.Center.Y);
        var low = horizontal ? Transform(new DataPoint(box.Interval.Low, box.Y0)).X : Transform(new DataPoint(box.X0, box.Interval.Low)).Y;
        var high = horizontal ? Transform(new DataPoint(box.Interval.High, box.Y0)).X : Transform(new DataPoint(box.X0, box.Interval.High)).Y;
        Line(low, high, 0, 0);
        Line(low, low, -cap, cap);
        Line(high, high, -cap, cap);
        return horizontal ? new ScreenPoint(Math.Max(end.X, high), end.Y) : new ScreenPoint(end.X, Math.Min(end.Y, high));

        void Line(double from, double to, double before, double after) => rc.DrawLine(
            horizontal ? [new ScreenPoint(from, y + before), new ScreenPoint(to, y + after)] : [new ScreenPoint(x + before, from), new ScreenPoint(x + after, to)],
            Palette.Ink.Oxy(), 1.2, EdgeRenderingMode.Automatic, null, LineJoin.Miter);
    }

    private void Label(IRenderContext rc, Box box, OxyRect rect, ScreenPoint end, bool negative)
    {
        var size = rc.MeasureText(box.Label, Font, LabelSize, FontWeights.Normal);
        if (box.Place == LabelPlace.Inside)
        {
            if (size.Width + 6 <= rect.Width && size.Height + 5 <= rect.Height)
                rc.DrawText(rect.Center, box.Label, Palette.On(box.Fill.Skia()).Oxy(), Font, LabelSize, FontWeights.Normal, 0, TextAlign.Center, VerticalAlignment.Middle, null);
            return;
        }
        if (horizontal && size.Height <= rect.Height + 4)
            rc.DrawText(new ScreenPoint(end.X + (negative ? -5 : 5), rect.Center.Y), box.Label, Palette.Ink.Oxy(), Font, LabelSize, FontWeights.Normal, 0,
                negative ? TextAlign.Right : TextAlign.Left, VerticalAlignment.Middle, null);
        else if (!horizontal)
            rc.DrawText(new ScreenPoint(rect.Center.X, end.Y + (negative ? 5 : -5)), box.Label, Palette.Ink.Oxy(), Font, LabelSize, FontWeights.Normal, 0,
                TextAlign.Center, negative ? VerticalAlignment.Top : VerticalAlignment.Bottom, null);
    }

    /// <summary>The width of a label.</summary>
    public static float LabelWidth(string label) => new Lettering((float)LabelSize).Width(label);
}
