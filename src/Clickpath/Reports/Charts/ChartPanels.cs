using Clickpath.Reports.Fonts;
using SkiaSharp;

namespace Clickpath.Reports.Charts;

/// <summary>Lays a chart's plots side by side and above each other.</summary>
internal static class ChartPanels
{
    private const float Gutter = 18;

    /// <summary>How much a cell left empty counts against the shape of the others.</summary>
    private const double EmptyCell = 0.6;

    private static readonly Lettering Title = new(11.5f, Bold: true);

    /// <summary>The size of one of so many plots, its title included.</summary>
    public static SKSize Cell(float width, float height, int count)
    {
        var (columns, rows) = Grid(width, height, count);
        return new((width - (columns - 1) * Gutter) / columns, (height - (rows - 1) * Gutter) / rows);
    }

    public static void Draw(Sheet sheet, SKRect area, ChartSpec spec, ChartData data, ColumnFormats formats)
    {
        var (columns, _) = Grid(area.Width, area.Height, data.Panels.Count);
        var cell = Cell(area.Width, area.Height, data.Panels.Count);
        var lies = BarPlot.Lies(data, cell.Width);
        for (var i = 0; i < data.Panels.Count; i++)
        {
            var panel = data.Panels[i];
            var left = area.Left + i % columns * (cell.Width + Gutter);
            var top = area.Top + i / columns * (cell.Height + Gutter);
            var place = new SKRect(left, top, left + cell.Width, top + cell.Height);
            if (panel.Title is not null)
            {
                sheet.Text(Title.Fit(panel.Title, place.Width), place.Left, place.Top + Title.Size, Title, Palette.Ink);
                place.Top += Title.LineHeight;
            }
            // Plots of the same measure share a scale, so that they compare.
            var scaled = data.Panels.Where(other => other.Column == panel.Column).SelectMany(other => other.Marks).ToList();
            var plot = new Plot(spec, data, formats, panel, scaled);
            switch (spec.Type)
            {
                case ChartType.Line:
                    LinePlot.Draw(sheet, place, plot);
                    break;
                case ChartType.Funnel:
                    FunnelPlot.Draw(sheet, place, plot);
                    break;
                case ChartType.HeatMap:
                    HeatMapPlot.Draw(sheet, place, plot);
                    break;
                case ChartType.Scatter:
                    ScatterPlot.Draw(sheet, place, plot);
                    break;
                default:
                    BarPlot.Draw(sheet, place, plot, lies);
                    break;
            }
        }
    }

    // As near to plots of 16 to 10 as whole rows and columns go.
    private static (int Columns, int Rows) Grid(float width, float height, int count)
    {
        var best = (Columns: 1, Rows: Math.Max(count, 1));
        var nearest = double.MaxValue;
        for (var columns = 1; columns <= Math.Max(count, 1); columns++)
        {
            var rows = (Math.Max(count, 1) + columns - 1) / columns;
            var away = Math.Abs(Math.Log(width / columns / (height / rows) / 1.6)) + EmptyCell * (columns * rows - count);
            if (away < nearest)
                (best, nearest) = ((columns, rows), away);
        }
        return best;
    }
}
