using SkiaSharp;

namespace Clickpath.Reports.Fonts;

/// <summary>The embedded font. What is drawn is the same on every machine, whether or not a font is installed.</summary>
internal static class Typefaces
{
    // Loaded in this order, always: a PDF numbers its fonts by the order in which they came.
    public static SKTypeface Regular { get; } = Load("Inter-Regular.ttf");

    public static SKTypeface Bold { get; } = Load("Inter-Bold.ttf");

    public static SKTypeface Of(bool bold) => bold ? Bold : Regular;

    private static SKTypeface Load(string name)
    {
        using var stream = typeof(Typefaces).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the font {name} is not embedded in {typeof(Typefaces).Assembly.GetName().Name}");
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}
