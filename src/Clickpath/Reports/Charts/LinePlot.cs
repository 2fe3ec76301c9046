using Clickpath.Reports.Fonts;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;
using SkiaSharp;

namespace Clickpath.Reports.Charts;

/// <summary>Lines over days, numbers or steps. Gaps stay gaps; a part of a day is a hollow point on a dashed line.</summary>
internal static class LinePlot
{
    private const int MostWithMarkers = 45;

    private static readonly MarkerType[] Markers = [MarkerType.Circle, MarkerType.Square, MarkerType.Triangle, MarkerType.Diamond];

    public static void Draw(Sheet sheet, SKRect area, Plot plot)
    {
        var scale = Ticks.Values(plot.Scaled.Select(mark => mark.Y), plot.Panel.Column, plot.Formats, Math.Max(2, (int)(area.Height / 55)), fromZero: true);
        var left = Plot.Widest(scale.Ticks) + Ticks.Gap;
        var right = 14f;
        var width = area.Width - left - right;
        var marks = plot.Scaled.Where(mark => double.IsFinite(mark.X)).ToList();
        double first = marks.Count == 0 ? 0 : marks.Min(mark => mark.X), last = marks.Count == 0 ? 1 : marks.Max(mark => mark.X);
        var ticks = plot.Data.Kind switch
        {
            XKind.Date => Ticks.Days((int)first, (int)last, width),
            XKind.Number => NumberTicks(plot, first, last, width),
            _ => Ticks.Categories([.. plot.Data.Categories.Select(name => Ticks.Lettering.Fit(name, 120))], width),
        };
        // One point stands in the middle; several have half a step of air on either side, so that no marker is cut.
        var air = first == last ? 1 : (last - first) * 0.012;
        var named = plot.Data.Kind == XKind.Number;
        var below = Plot.Below(ticks) + (named ? Ticks.Lettering.LineHeight : 4);
        var x = new TickAxis(AxisPosition.Bottom, first - air, last + air, ticks, gridlines: false);
        var y = new TickAxis(AxisPosition.Left, scale.Minimum, scale.Maximum, scale.Ticks, gridlines: true);
        Plot.Draw(sheet, area, new OxyThickness(left, 8, right, below), x, y, [.. plot.Panel.Groups.SelectMany(Lines), new AnswerSeries(Answers(plot))], zeroAcross: true);
        if (named)
            Plot.CaptionBelow(sheet, area, left, plot.Caption(plot.Spec.X));
    }

    // Each place along x answers as far as half the way to its neighbours.
    private static IEnumerable<(DataPoint, DataPoint, Answer)> Answers(Plot plot)
    {
        var places = plot.Panel.Groups.SelectMany(group => group.Marks.Select(mark => (Group: group, Mark: mark)))
            .Where(pair => double.IsFinite(pair.Mark.X)).GroupBy(pair => pair.Mark.X).OrderBy(place => place.Key).ToList();
        for (var i = 0; i < places.Count; i++)
        {
            var from = i == 0 ? -AnswerSeries.Edge : (places[i - 1].Key + places[i].Key) / 2;
            var to = i == places.Count - 1 ? AnswerSeries.Edge : (places[i].Key + places[i + 1].Key) / 2;
            yield return (new(from, -AnswerSeries.Edge), new(to, AnswerSeries.Edge), Answer.About(plot, [.. places[i]]));
        }
    }

    private static IReadOnlyList<Tick> NumberTicks(Plot plot, double first, double last, double width)
    {
        var scale = Ticks.Values([first, last], plot.Spec.X, plot.Formats, Math.Max(2, (int)(width / 60)), fromZero: false);
        return [.. scale.Ticks.Where(tick => tick.At >= first && tick.At <= last)];
    }

    // A line is drawn in stretches: a dashed one leads to a partial point, nothing leads over a gap.
    private static IEnumerable<Series> Lines(Group group)
    {
        var color = Palette.Series[group.Color % Palette.Series.Count].Oxy();
        var marks = group.Marks.Where(mark => double.IsFinite(mark.X)).ToList();
        var whole = new LineSeries { Color = color, StrokeThickness = 2.2, LineStyle = LineStyle.Solid };
        foreach (var mark in marks)
            whole.Points.Add(mark.Partial ? DataPoint.Undefined : new DataPoint(mark.X, mark.Y));
        yield return whole;

        for (var i = 1; i < marks.Count; i++)
            if ((marks[i].Partial || marks[i - 1].Partial) && double.IsFinite(marks[i].Y) && double.IsFinite(marks[i - 1].Y))
            {
                var dashed = new LineSeries { Color = color, StrokeThickness = 1.6, LineStyle = LineStyle.Dash, Dashes = [3, 2.5] };
                dashed.Points.Add(new DataPoint(marks[i - 1].X, marks[i - 1].Y));
                dashed.Points.Add(new DataPoint(marks[i].X, marks[i].Y));
                yield return dashed;
            }

        var finite = marks.Select(mark => double.IsFinite(mark.Y)).ToList();
        bool Alone(int i) => (i == 0 || !finite[i - 1]) && (i == finite.Count - 1 || !finite[i + 1]);
        yield return Points(i => !marks[i].Partial && (finite.Count <= MostWithMarkers || Alone(i)), color, color);
        yield return Points(i => marks[i].Partial, OxyColors.White, color);

        ScatterSeries Points(Func<int, bool> which, OxyColor fill, OxyColor stroke)
        {
            var points = new ScatterSeries
            {
                MarkerType = Markers[group.Color % Markers.Length],
                MarkerSize = 3,
                MarkerFill = fill,
                MarkerStroke = stroke,
                MarkerStrokeThickness = 1.5,
            };
            for (var i = 0; i < marks.Count; i++)
                if (finite[i] && which(i))
                    points.Points.Add(new ScatterPoint(marks[i].X, marks[i].Y));
            return points;
        }
    }
}
