using Clickpath.Reports.Fonts;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;
using SkiaSharp;

namespace Clickpath.Reports.Charts;

/// <summary>What every kind of plot is made from.</summary>
/// <param name="Spec">What was asked for.</param>
/// <param name="Data">All of the chart's marks.</param>
/// <param name="Formats">How its columns read.</param>
/// <param name="Panel">The marks of this plot.</param>
/// <param name="Scaled">The marks that its values' scale covers: its own, or every panel's, so that they compare.</param>
internal sealed record Plot(ChartSpec Spec, ChartData Data, ColumnFormats Formats, Panel Panel, IReadOnlyList<Mark> Scaled)
{
    /// <summary>Draws the axes and series in a rectangle.</summary>
    /// <param name="sheet">What to draw on.</param>
    /// <param name="area">The plot with its axes' labels.</param>
    /// <param name="margins">The room for the labels, which were measured.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis.</param>
    /// <param name="series">What is drawn over them.</param>
    /// <param name="zeroAcross">Draws the line of zero across (of values that run upwards).</param>
    /// <param name="zeroUp">Draws the line of zero upright (of values that run to the right).</param>
    public static void Draw(Sheet sheet, SKRect area, OxyThickness margins, Axis x, Axis y, IEnumerable<Series> series, bool zeroAcross = false, bool zeroUp = false)
    {
        var model = new PlotModel
        {
            Culture = System.Globalization.CultureInfo.InvariantCulture,
            PlotMargins = margins,
            Padding = new OxyThickness(0),
            PlotAreaBorderThickness = new OxyThickness(0),
            Background = OxyColors.Undefined,
        };
        model.Axes.Add(x);
        model.Axes.Add(y);
        if (zeroAcross)
            model.Annotations.Add(Zero(LineAnnotationType.Horizontal));
        if (zeroUp)
            model.Annotations.Add(Zero(LineAnnotationType.Vertical));
        foreach (var one in series)
            model.Series.Add(one);
        var plot = (IPlotModel)model;
        plot.Update(true);
        plot.Render(new SheetContext(sheet), new OxyRect(area.Left, area.Top, area.Width, area.Height));
        if (model.GetLastPlotException() is { } failure)
            throw new InvalidOperationException("a chart could not be drawn", failure);
    }

    /// <summary>What a column's values are, with their unit: "Revenue (USD)".</summary>
    public string Caption(string column)
    {
        var unit = Spec.Unit ?? Formats.Unit(column);
        var label = ColumnFormats.Label(column);
        return unit is null || unit == "%" && label.Contains("rate", StringComparison.OrdinalIgnoreCase) ? label : $"{label} ({unit})";
    }

    /// <summary>The widest of labels.</summary>
    public static float Widest(IEnumerable<Tick> ticks) => ticks.Select(tick => tick.Text.Split('\n').Max(Ticks.Lettering.Width)).DefaultIfEmpty(0).Max();

    /// <summary>The height of the labels below a plot.</summary>
    public static float Below(IEnumerable<Tick> ticks)
        => Ticks.GapBelow + ticks.Select(tick => tick.Text.Count(c => c == '\n')).DefaultIfEmpty(0).Max() * Ticks.Lettering.LineHeight + Ticks.Lettering.Size;

    /// <summary>The name of an axis below its plot.</summary>
    public static void CaptionBelow(Sheet sheet, SKRect area, double left, string caption)
    {
        var lettering = Ticks.Lettering;
        var text = lettering.Fit(caption, area.Width);
        var center = ((float)left + area.Left + area.Right) / 2;
        sheet.Text(text, center - lettering.Width(text) / 2, area.Bottom - 2, lettering, Palette.Muted);
    }

    private static LineAnnotation Zero(LineAnnotationType type) => new()
    {
        Type = type,
        X = 0,
        Y = 0,
        Color = Palette.Axis.Oxy(),
        LineStyle = LineStyle.Solid,
        StrokeThickness = 1,
        Layer = AnnotationLayer.BelowSeries,
    };
}
