using System.Globalization;
using System.Text;
using SkiaSharp;

namespace Clickpath.Reports.Fonts;

/// <summary>How text looks: its size in the canvas's units, and its weight.</summary>
internal readonly record struct Lettering(float Size, bool Bold = false)
{
    /// <summary>From one baseline to the next.</summary>
    public float LineHeight => Size * 1.35f;

    /// <summary>How far capitals rise above the baseline.</summary>
    public float CapHeight => Size * 0.727f;

    /// <summary>A font of this size. Glyphs are placed by their own widths, not the screen's, so that text is the same at any scale.</summary>
    public SKFont Font() => new(Typefaces.Of(Bold), Size)
    {
        Subpixel = true,
        Edging = SKFontEdging.Antialias,
        Hinting = SKFontHinting.None,
        LinearMetrics = true,
    };

    public float Width(string text)
    {
        using var font = Font();
        return Measure(font, text);
    }

    /// <summary>The text in as many lines as it needs, or as allowed, each within the width; a word that is too long is broken,
    /// and what does not fit ends in "…".</summary>
    public IReadOnlyList<string> Wrap(string text, float width, int maxLines = int.MaxValue)
    {
        using var font = Font();
        var lines = new List<string>();
        foreach (var paragraph in text.Split('\n'))
            WrapParagraph(font, paragraph, width, lines);
        if (lines.Count <= maxLines)
            return lines;

        var last = lines[maxLines - 1];
        lines.RemoveRange(maxLines - 1, lines.Count - maxLines + 1);
        lines.Add(Ellipsise(font, last, width));
        return lines;
    }

    /// <summary>The text in one line within the width.</summary>
    public string Fit(string text, float width)
    {
        using var font = Font();
        return Measure(font, text) <= width ? text : Ellipsise(font, text, width);
    }

    /// <summary>Text that may be drawn: control, direction and other invisible characters and lone surrogates are gone, line
    /// breaks are spaces, and it is no longer than what anyone could read.</summary>
    public static string Clean(string? text, int maxLength = 4000)
    {
        var clean = new StringBuilder(Math.Min(text?.Length ?? 0, maxLength));
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (clean.Length >= maxLength)
            {
                clean.Append('…');
                break;
            }
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    clean.Append(' ');
                    break;
                case UnicodeCategory.Format or UnicodeCategory.Surrogate:
                    break;
                default:
                    clean.Append(rune.ToString());
                    break;
            }
        }
        return clean.ToString();
    }

    private static float Measure(SKFont font, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return 0;
        var glyphs = new ushort[font.CountGlyphs(text)];
        font.GetGlyphs(text, glyphs);
        return font.MeasureText(glyphs);
    }

    private static void WrapParagraph(SKFont font, string paragraph, float width, List<string> lines)
    {
        var line = new StringBuilder();
        var used = 0f;
        var space = Measure(font, " ");
        foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var rest = word;
            var needed = Measure(font, rest);
            if (line.Length > 0 && used + space + needed <= width)
            {
                line.Append(' ').Append(rest);
                used += space + needed;
                continue;
            }
            if (line.Length > 0)
                lines.Add(line.ToString());
            while (needed > width && Prefix(font, rest, width) is var cut && cut < rest.Length)
            {
                lines.Add(rest[..cut]);
                rest = rest[cut..];
                needed = Measure(font, rest);
            }
            line.Clear().Append(rest);
            used = needed;
        }
        lines.Add(line.ToString());
    }

    private static string Ellipsise(SKFont font, string text, float width)
    {
        var cut = Prefix(font, text, Math.Max(0, width - Measure(font, "…")));
        return text[..cut].TrimEnd() + "…";
    }

    // How many characters fit, at least one (so that a line is never empty), never half of a pair.
    private static int Prefix(SKFont font, string text, float width)
    {
        var end = 0;
        var used = 0f;
        while (end < text.Length)
        {
            var next = char.IsHighSurrogate(text[end]) && end + 1 < text.Length ? 2 : 1;
            used += Measure(font, text.AsSpan(end, next));
            if (used > width && end > 0)
                break;
            end += next;
        }
        return end;
    }
}
