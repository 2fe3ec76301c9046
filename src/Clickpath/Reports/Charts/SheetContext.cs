using Clickpath.Reports.Fonts;
using OxyPlot;
using SkiaSharp;
using TextAlign = OxyPlot.HorizontalAlignment;

namespace Clickpath.Reports.Charts;

/// <summary>Lets OxyPlot draw on a sheet with the embedded font. OxyPlot.SkiaSharp's own context asks the system for a font
/// by name, and there may be none.</summary>
internal sealed class SheetContext(Sheet sheet) : ClippingRenderContext
{
    private const double BoldFrom = 600;

    public Sheet Sheet => sheet;

    public override void DrawLine(IList<ScreenPoint> points, OxyColor stroke, double thickness, EdgeRenderingMode edgeRenderingMode, double[] dashArray, LineJoin lineJoin)
    {
        if (points.Count < 2 || thickness <= 0 || !stroke.IsVisible())
            return;
        using var path = PathOf(points);
        using var paint = Stroke(stroke, thickness, dashArray);
        sheet.Canvas.DrawPath(path, paint);
    }

    public override void DrawPolygon(IList<ScreenPoint> points, OxyColor fill, OxyColor stroke, double thickness, EdgeRenderingMode edgeRenderingMode, double[] dashArray, LineJoin lineJoin)
    {
        if (points.Count < 2)
            return;
        using var path = PathOf(points);
        path.Close();
        if (fill.IsVisible())
            sheet.Path(path, fill.Skia());
        if (stroke.IsVisible() && thickness > 0)
        {
            using var paint = Stroke(stroke, thickness, dashArray);
            sheet.Canvas.DrawPath(path, paint);
        }
    }

    public override void DrawEllipse(OxyRect extents, OxyColor fill, OxyColor stroke, double thickness, EdgeRenderingMode edgeRenderingMode)
    {
        var rect = new SKRect((float)extents.Left, (float)extents.Top, (float)extents.Right, (float)extents.Bottom);
        using var paint = new SKPaint { Color = fill.Skia(), IsAntialias = true };
        if (fill.IsVisible())
            sheet.Canvas.DrawOval(rect, paint);
        if (stroke.IsVisible() && thickness > 0)
        {
            using var outline = Stroke(stroke, thickness, null);
            sheet.Canvas.DrawOval(rect, outline);
        }
    }

    public override void DrawText(ScreenPoint p, string text, OxyColor fill, string fontFamily, double fontSize, double fontWeight, double rotation,
        TextAlign horizontalAlignment, VerticalAlignment verticalAlignment, OxySize? maxSize)
    {
        if (string.IsNullOrEmpty(text) || !fill.IsVisible())
            return;
        var lettering = new Lettering((float)fontSize, fontWeight >= BoldFrom);
        if (rotation != 0)
        {
            sheet.Canvas.Save();
            sheet.Canvas.RotateDegrees((float)rotation, (float)p.X, (float)p.Y);
        }
        var lines = text.Split('\n');
        var height = Height(lettering, lines.Length);
        var top = verticalAlignment switch
        {
            VerticalAlignment.Top => 0,
            VerticalAlignment.Middle => -height / 2,
            _ => -height,
        };
        foreach (var line in lines)
        {
            var left = horizontalAlignment switch
            {
                TextAlign.Left => 0,
                TextAlign.Center => -lettering.Width(line) / 2,
                _ => -lettering.Width(line),
            };
            sheet.Text(line, (float)p.X + left, (float)p.Y + top + lettering.CapHeight, lettering, fill.Skia());
            top += lettering.LineHeight;
        }
        if (rotation != 0)
            sheet.Canvas.Restore();
    }

    public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
    {
        if (string.IsNullOrEmpty(text))
            return OxySize.Empty;
        var lettering = new Lettering((float)fontSize, fontWeight >= BoldFrom);
        var lines = text.Split('\n');
        return new OxySize(lines.Max(lettering.Width), Height(lettering, lines.Length));
    }

    protected override void SetClip(OxyRect clippingRectangle)
    {
        sheet.Canvas.Save();
        sheet.Canvas.ClipRect(new SKRect((float)clippingRectangle.Left, (float)clippingRectangle.Top, (float)clippingRectangle.Right, (float)clippingRectangle.Bottom));
    }

    protected override void ResetClip() => sheet.Canvas.Restore();

    // From the top of the first line's capitals to the last baseline: what the eye centres.
    private static float Height(Lettering lettering, int lines) => lettering.CapHeight + (lines - 1) * lettering.LineHeight;

    private static SKPaint Stroke(OxyColor color, double thickness, double[]? dashes) => new()
    {
        Color = color.Skia(),
        IsStroke = true,
        IsAntialias = true,
        StrokeWidth = (float)thickness,
        StrokeJoin = SKStrokeJoin.Round,
        PathEffect = dashes is { Length: > 0 } ? SKPathEffect.CreateDash([.. dashes.Select(dash => (float)(dash * thickness))], 0) : null,
    };

    private static SKPath PathOf(IList<ScreenPoint> points)
    {
        var path = new SKPath();
        path.AddPoly([.. points.Select(point => new SKPoint((float)point.X, (float)point.Y))], close: false);
        return path;
    }
}
