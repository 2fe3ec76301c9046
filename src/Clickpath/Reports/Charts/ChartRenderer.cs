using System.Text;
using System.Xml.Linq;
using Clickpath.Reports.Fonts;
using SkiaSharp;

namespace Clickpath.Reports.Charts;

/// <summary>Draws a chart: as PNG, as SVG, or as vectors on a page.</summary>
internal static class ChartRenderer
{
    public const int DefaultWidth = 1200;
    public const int DefaultHeight = 675;

    /// <summary>The width at which letters have their nominal sizes; a wider picture has larger letters, not more of them.</summary>
    private const float NominalWidth = 800;

    private const float Padding = 20;

    /// <summary>The chart as a PNG's bytes, the same for the same input.</summary>
    /// <param name="spec">What to draw.</param>
    /// <param name="table">The rows.</param>
    /// <param name="formats">How the columns read.</param>
    /// <param name="title">The title, where the spec has none of its own.</param>
    /// <param name="width">The width in pixels.</param>
    /// <param name="height">The height in pixels.</param>
    public static byte[] Png(ChartSpec spec, Table table, ColumnFormats formats, string title, int width = DefaultWidth, int height = DefaultHeight)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        surface.Canvas.Clear(SKColors.White);
        DrawPicture(new Sheet(surface.Canvas), spec, table, formats, title, width, height);
        using var image = surface.Snapshot();
        using var pixels = image.PeekPixels();
        // A small part of the time that Skia's own level takes, for a seventh more bytes.
        using var data = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.None, 1));
        return data.ToArray();
    }

    /// <summary>The chart as an SVG document whose letters are shapes, with its title and description for those who do not see it.</summary>
    /// <inheritdoc cref="Png"/>
    public static string Svg(ChartSpec spec, Table table, ColumnFormats formats, string title, int width = DefaultWidth, int height = DefaultHeight)
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, width, height), stream))
        {
            var sheet = new Sheet(canvas, textAsOutlines: true);
            sheet.Fill(new SKRect(0, 0, width, height), SKColors.White);
            DrawPicture(sheet, spec, table, formats, title, width, height);
        }
        var root = XElement.Parse(Encoding.UTF8.GetString(stream.ToArray()));
        var ns = root.Name.Namespace;
        foreach (var shape in root.Descendants().Attributes("d"))
            shape.Value = PathNumbers.Rounded(shape.Value);
        Renumber(root);
        root.SetAttributeValue("viewBox", FormattableString.Invariant($"0 0 {width} {height}"));
        root.SetAttributeValue("role", "img");
        root.AddFirst(
            new XElement(ns + "title", Lettering.Clean(spec.Title ?? title)),
            new XElement(ns + "desc", Lettering.Clean(spec.Description)));
        return root.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    // Skia numbers clip paths on through all pictures of a process, so that a picture's bytes would hang on those before it.
    private static void Renumber(XElement root)
    {
        var names = root.DescendantsAndSelf().Attributes("id").Select((id, i) => (id.Value, Name: FormattableString.Invariant($"c{i + 1}"))).ToDictionary(id => id.Value, id => id.Name, StringComparer.Ordinal);
        foreach (var attribute in root.DescendantsAndSelf().Attributes())
        {
            if (attribute.Name == "id")
                attribute.Value = names[attribute.Value];
            else if (attribute.Value.StartsWith("url(#", StringComparison.Ordinal))
                attribute.Value = $"url(#{names[attribute.Value[5..^1]]})";
        }
    }

    /// <summary>Draws the chart in a rectangle of a canvas; on a PDF's page its text can be selected.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="area">Where.</param>
    /// <param name="spec">What to draw.</param>
    /// <param name="table">The rows.</param>
    /// <param name="formats">How the columns read.</param>
    /// <param name="title">The title, where the spec has none of its own.</param>
    /// <param name="scale">The size of letters: at 1 the axes' are 11 units high.</param>
    public static void Draw(SKCanvas canvas, SKRect area, ChartSpec spec, Table table, ColumnFormats formats, string title, float scale)
    {
        canvas.Save();
        canvas.Translate(area.Left, area.Top);
        canvas.Scale(scale);
        DrawChart(new Sheet(canvas), new SKRect(0, 0, area.Width / scale, area.Height / scale), spec, table, formats, title);
        canvas.Restore();
    }

    private static void DrawPicture(Sheet sheet, ChartSpec spec, Table table, ColumnFormats formats, string title, int width, int height)
    {
        var scale = width / NominalWidth;
        sheet.Canvas.Scale(scale);
        DrawChart(sheet, new SKRect(Padding, Padding, width / scale - Padding, height / scale - Padding / 2), spec, table, formats, title);
    }

    /// <summary>Draws the chart in a rectangle of a sheet, in the sheet's units.</summary>
    public static void DrawChart(Sheet sheet, SKRect area, ChartSpec spec, Table table, ColumnFormats formats, string title)
    {
        var data = ChartData.From(spec, table, formats);
        if (data.Nothing is null)
            data = Shown(spec, data, area);
        area.Top = ChartHeader.Draw(sheet, area, spec, data, formats, Lettering.Clean(spec.Title ?? title));
        if (data.Nothing is { } reason)
        {
            ChartHeader.NoData(sheet, area, reason);
            return;
        }
        ChartPanels.Draw(sheet, area, spec, data, formats);
    }

    // Leaves out what has no room, and says so, rather than draw what cannot be read.
    private static ChartData Shown(ChartSpec spec, ChartData data, SKRect area)
    {
        var cell = ChartPanels.Cell(area.Width, area.Height - ChartHeader.Typical, data.Panels.Count);
        return spec.Type switch
        {
            ChartType.Bar or ChartType.Stacked or ChartType.Waterfall when BarPlot.Lies(data, cell.Width) => data.KeepCategories(BarPlot.Room(spec, data, cell.Height), largest: false, spec),
            ChartType.Funnel => data.KeepCategories(FunnelPlot.Room(cell.Height), largest: false, spec),
            ChartType.HeatMap => data.KeepGroups(HeatMapPlot.Room(cell.Height), spec).KeepCategories(HeatMapPlot.Columns(cell.Width), largest: false, spec),
            _ => data,
        };
    }
}
