using Clickpath.Reports.Charts;
using SkiaSharp;

namespace Clickpath.Reports.Summary;

/// <summary>Good, bad or neither as a shape and a colour (Okabe and Ito's bluish green and vermillion, darkened to be read as text).</summary>
internal static class ToneMark
{
    private static readonly SKColor Good = new(0x00, 0x6B, 0x4F);
    private static readonly SKColor Bad = new(0xB3, 0x45, 0x00);

    public static SKColor Color(Tone tone) => tone switch
    {
        Tone.Good => Good,
        Tone.Bad => Bad,
        _ => Palette.Muted,
    };

    /// <summary>Draws a round tick for good, a warning triangle for bad, a dot for a note.</summary>
    public static void Draw(Sheet sheet, Tone tone, float x, float y, float radius)
    {
        using var path = new SKPath();
        switch (tone)
        {
            case Tone.Good:
                path.AddCircle(x, y, radius);
                sheet.Path(path, Good);
                sheet.Line(x - radius * 0.5f, y, x - radius * 0.1f, y + radius * 0.4f, SKColors.White, radius * 0.28f);
                sheet.Line(x - radius * 0.15f, y + radius * 0.4f, x + radius * 0.5f, y - radius * 0.4f, SKColors.White, radius * 0.28f);
                break;
            case Tone.Bad:
                path.AddPoly([new(x, y - radius), new(x + radius * 1.1f, y + radius * 0.9f), new(x - radius * 1.1f, y + radius * 0.9f)]);
                sheet.Path(path, Bad);
                sheet.Line(x, y - radius * 0.35f, x, y + radius * 0.3f, SKColors.White, radius * 0.25f);
                sheet.Line(x, y + radius * 0.45f, x, y + radius * 0.7f, SKColors.White, radius * 0.25f);
                break;
            default:
                path.AddCircle(x, y, radius * 0.55f);
                sheet.Path(path, Palette.Muted);
                break;
        }
    }
}
