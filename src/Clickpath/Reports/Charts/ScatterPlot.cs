using Clickpath.Reports.Fonts;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;
using SkiaSharp;

namespace Clickpath.Reports.Charts;

/// <summary>Points by two measures, named where their names do not overlap.</summary>
internal static class ScatterPlot
{
    public static void Draw(Sheet sheet, SKRect area, Plot plot)
    {
        var marks = plot.Scaled.Where(mark => double.IsFinite(mark.X) && double.IsFinite(mark.Y)).ToList();
        var scale = Ticks.Values(marks.Select(mark => mark.Y), plot.Panel.Column, plot.Formats, Math.Max(2, (int)(area.Height / 55)), fromZero: false);
        var left = Plot.Widest(scale.Ticks) + Ticks.Gap;
        var right = 16f;
        var width = Math.Max(area.Width - left - right, 40);
        var across = Ticks.Values(marks.Select(mark => mark.X), plot.Spec.X, plot.Formats, Math.Max(2, (int)(width / 80)), fromZero: false);
        var xTicks = plot.Data.Kind == XKind.Date ? Ticks.Days((int)across.Minimum, (int)across.Maximum, width) : across.Ticks;
        // Air around, so that a point on the edge is whole.
        var (airX, airY) = ((across.Maximum - across.Minimum) * 0.02, (scale.Maximum - scale.Minimum) * 0.03);
        var x = new TickAxis(AxisPosition.Bottom, across.Minimum - airX, across.Maximum + airX, xTicks, gridlines: true);
        var y = new TickAxis(AxisPosition.Left, scale.Minimum - airY, scale.Maximum + airY, scale.Ticks, gridlines: true);
        Plot.Draw(sheet, area, new OxyThickness(left, 8, right, Plot.Below(xTicks) + Ticks.Lettering.LineHeight), x, y, [new NamedPoints(plot)], zeroAcross: true, zeroUp: true);
        Plot.CaptionBelow(sheet, area, left, plot.Data.Kind == XKind.Date ? ColumnFormats.Label(plot.Spec.X)
            : plot.Formats.Unit(plot.Spec.X) is { } unit && unit != "%" ? $"{ColumnFormats.Label(plot.Spec.X)} ({unit})" : ColumnFormats.Label(plot.Spec.X));
    }

    private sealed class NamedPoints(Plot plot) : XYAxisSeries
    {
        private const double Radius = 5;
        private const double LabelSize = 10.5;
        private static readonly float[] LabelRooms = [260, 130];

        public override void Render(IRenderContext rc)
        {
            var taken = new List<OxyRect>();
            var named = new List<(ScreenPoint At, string Label)>();
            foreach (var group in plot.Panel.Groups)
                foreach (var mark in group.Marks.Where(mark => double.IsFinite(mark.X) && double.IsFinite(mark.Y)))
                {
                    var at = Transform(new DataPoint(mark.X, mark.Y));
                    var circle = new OxyRect(at.X - Radius, at.Y - Radius, 2 * Radius, 2 * Radius);
                    var color = Palette.Series[group.Color % Palette.Series.Count].Oxy();
                    rc.DrawEllipse(circle, mark.Partial ? OxyColors.White : OxyColor.FromAColor(190, color), color, 1.5, EdgeRenderingMode.Automatic);
                    if (rc is SheetContext context)
                        context.Sheet.Tell(About(group, mark) with { Place = new((float)circle.Left - 3, (float)circle.Top - 3, (float)circle.Right + 3, (float)circle.Bottom + 3) });
                    taken.Add(circle);
                    if (mark.Label.Length > 0)
                        named.Add((at, mark.Label));
                }
            foreach (var (at, label) in named)
                _ = LabelRooms.Select(room => new Lettering((float)LabelSize).Fit(label, room)).Any(text => HasName(rc, at, text, taken));
        }

        private Answer About(Group group, Mark mark) => new(
            default,
            string.Join(", ", ((string[])[mark.Label.Length > 0 ? mark.Label : group.Name, plot.Data.Kind == XKind.Date ? plot.Data.Categories[mark.Category] : ""]).Where(part => part.Length > 0)),
            [.. plot.Data.Kind == XKind.Number ? [(ColumnFormats.Label(plot.Spec.X), plot.Spec.X, mark.X)] : Array.Empty<(string, string, double)>(),
                (ColumnFormats.Label(group.Column), group.Column, mark.Y)],
            mark.Partial);

        // To the right, the left, above or below: the first place that is free, of the whole name, then of its beginning; none: the
        // point goes without.
        private bool HasName(IRenderContext rc, ScreenPoint at, string label, List<OxyRect> taken)
        {
            var size = rc.MeasureText(label, Font, LabelSize, FontWeights.Normal);
            var away = Radius + 4;
            foreach (var (x, y) in ((double, double)[])[(at.X + away, at.Y - size.Height / 2), (at.X - away - size.Width, at.Y - size.Height / 2),
                (at.X - size.Width / 2, at.Y - away - size.Height), (at.X - size.Width / 2, at.Y + away)])
            {
                var place = new OxyRect(x, y - 2, size.Width, size.Height + 4);
                var area = PlotModel.PlotArea;
                if (place.Left < area.Left || place.Right > area.Right || place.Top < area.Top || place.Bottom > area.Bottom
                    || taken.Exists(other => place.Left < other.Right && other.Left < place.Right && place.Top < other.Bottom && other.Top < place.Bottom))
                    continue;
                rc.DrawText(new ScreenPoint(x, y), label, Palette.Ink.Oxy(), Font, LabelSize, FontWeights.Normal, 0, HorizontalAlignment.Left, VerticalAlignment.Top, null);
                taken.Add(place);
                return true;
            }
            return false;
        }
    }
}
