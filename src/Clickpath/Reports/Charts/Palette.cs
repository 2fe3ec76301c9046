using OxyPlot;
using SkiaSharp;

namespace Clickpath.Reports.Charts;

/// <summary>Colours that the colour-blind tell apart, on white.</summary>
internal static class Palette
{
    public static readonly SKColor Ink = new(0x1F, 0x29, 0x33);

    /// <summary>Ink on a coloured ground: a hair off, so that a dark page, which turns ink to light, leaves it dark.</summary>
    public static readonly SKColor InkOnColor = new(0x1F, 0x29, 0x34);

    public static readonly SKColor Muted = new(0x52, 0x5F, 0x6B);
    public static readonly SKColor Grid = new(0xE4, 0xE7, 0xEB);
    public static readonly SKColor Axis = new(0x9A, 0xA5, 0xB1);

    /// <summary>Okabe and Ito, "Color Universal Design" (2008), without its yellow, which is too pale for lines on white.</summary>
    public static readonly IReadOnlyList<SKColor> Series =
    [
        new(0x00, 0x72, 0xB2), new(0xE6, 0x9F, 0x00), new(0x00, 0x9E, 0x73), new(0xCC, 0x79, 0xA7),
        new(0xD5, 0x5E, 0x00), new(0x56, 0xB4, 0xE9), new(0x00, 0x00, 0x00), new(0x8A, 0x94, 0x9E),
    ];

    /// <summary>Of a waterfall's steps: bluish green up, vermillion down.</summary>
    public const int Gain = 2;
    public const int Loss = 4;

    // ColorBrewer's Blues and, below zero, its Oranges (Brewer, 2003): both read by lightness alone.
    private static readonly SKColor[] Blues = [new(0xF1, 0xF6, 0xFC), new(0xC6, 0xDB, 0xEF), new(0x6B, 0xAE, 0xD6), new(0x21, 0x71, 0xB5), new(0x08, 0x30, 0x6B)];
    private static readonly SKColor[] Oranges = [new(0xFE, 0xF3, 0xE8), new(0xFD, 0xD0, 0xA2), new(0xFD, 0x8D, 0x3C), new(0xD9, 0x48, 0x01), new(0x7F, 0x27, 0x04)];

    /// <summary>The colour of a share between -1 and 1 of the largest value.</summary>
    public static SKColor Heat(double share)
    {
        var stops = share < 0 ? Oranges : Blues;
        var at = Math.Min(Math.Abs(share), 1) * (stops.Length - 1);
        var low = Math.Min((int)at, stops.Length - 2);
        return Mix(stops[low], stops[low + 1], at - low);
    }

    /// <summary>A colour on the way from one to another; 0 is the first.</summary>
    public static SKColor Mix(SKColor from, SKColor to, double share)
    {
        byte Blend(byte a, byte b) => (byte)Math.Round(a + (b - a) * share, MidpointRounding.AwayFromZero);
        return new(Blend(from.Red, to.Red), Blend(from.Green, to.Green), Blend(from.Blue, to.Blue));
    }

    /// <summary>White or ink, whichever stands out more (WCAG 2 contrast).</summary>
    public static SKColor On(SKColor background)
    {
        var light = Luminance(background) + 0.05;
        return 1.05 / light > light / (Luminance(Ink) + 0.05) ? SKColors.White : InkOnColor;
    }

    public static OxyColor Oxy(this SKColor color) => OxyColor.FromArgb(color.Alpha, color.Red, color.Green, color.Blue);

    public static SKColor Skia(this OxyColor color) => new(color.R, color.G, color.B, color.A);

    private static double Luminance(SKColor color)
    {
        static double Linear(byte channel) => channel / 255.0 is var c && c <= 0.03928 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        return 0.2126 * Linear(color.Red) + 0.7152 * Linear(color.Green) + 0.0722 * Linear(color.Blue);
    }
}
