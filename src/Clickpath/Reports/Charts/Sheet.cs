using Clickpath.Reports.Fonts;
using SkiaSharp;

namespace Clickpath.Reports.Charts;

/// <summary>What charts and pages are drawn on: a canvas of pixels, of an SVG or of a PDF's page.</summary>
/// <param name="canvas">The canvas; its owner disposes it.</param>
/// <param name="textAsOutlines">Draws letters as shapes, for an SVG, whose reader may have no such font.</param>
internal sealed class Sheet(SKCanvas canvas, bool textAsOutlines = false)
{
    public SKCanvas Canvas => canvas;

    /// <summary>Collects what the places of a chart mean; null: nobody asks.</summary>
    public ICollection<Answer>? Answers { get; init; }

    /// <summary>Says what a place, in the drawing's units, means.</summary>
    public void Tell(Answer answer) => Answers?.Add(answer with { Place = canvas.TotalMatrix.MapRect(answer.Place) });

    /// <summary>Draws one line of text from its left edge.</summary>
    public void Text(string text, float x, float baseline, Lettering lettering, SKColor color)
    {
        using var font = lettering.Font();
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        if (!textAsOutlines)
        {
            canvas.DrawText(text, x, baseline, font, paint);
            return;
        }
        paint.Typeface = font.Typeface;
        paint.TextSize = font.Size;
        paint.HintingLevel = SKPaintHinting.NoHinting;
        using var outline = paint.GetTextPath(text, x, baseline);
        canvas.DrawPath(outline, paint);
    }

    /// <summary>Draws lines of text below a point, and returns where they end.</summary>
    public float Lines(IReadOnlyList<string> lines, float x, float top, Lettering lettering, SKColor color)
    {
        foreach (var line in lines)
        {
            Text(line, x, top + lettering.Size, lettering, color);
            top += lettering.LineHeight;
        }
        return top;
    }

    public void Fill(SKRect rect, SKColor color, float radius = 0)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        if (radius > 0)
            canvas.DrawRoundRect(rect, radius, radius, paint);
        else
            canvas.DrawRect(rect, paint);
    }

    public void Line(float x1, float y1, float x2, float y2, SKColor color, float width)
    {
        using var paint = new SKPaint { Color = color, StrokeWidth = width, IsStroke = true, IsAntialias = true };
        canvas.DrawLine(x1, y1, x2, y2, paint);
    }

    public void Circle(float x, float y, float radius, SKColor fill, SKColor stroke, float width)
    {
        using var paint = new SKPaint { Color = fill, IsAntialias = true };
        canvas.DrawCircle(x, y, radius, paint);
        paint.Color = stroke;
        paint.IsStroke = true;
        paint.StrokeWidth = width;
        canvas.DrawCircle(x, y, radius, paint);
    }

    public void Path(SKPath path, SKColor fill)
    {
        using var paint = new SKPaint { Color = fill, IsAntialias = true };
        canvas.DrawPath(path, paint);
    }
}
