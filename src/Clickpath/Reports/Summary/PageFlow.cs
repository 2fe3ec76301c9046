using System.Globalization;
using Clickpath.Reports.Charts;
using Clickpath.Reports.Fonts;
using SkiaSharp;

namespace Clickpath.Reports.Summary;

/// <summary>Fills A4 pages from the top. What goes on them is kept until all is placed, so that each footer knows how many pages there are.</summary>
internal sealed class PageFlow
{
    /// <summary>A4, in points.</summary>
    public const float PageWidth = 595;
    public const float PageHeight = 842;

    /// <summary>Where text begins and how wide it runs.</summary>
    public const float Left = 48;
    public const float Width = PageWidth - 2 * Left;

    private const float Head = 46;
    private const float Bottom = PageHeight - 58;

    private static readonly Lettering Footer = new(8);

    private readonly List<List<Action<Sheet>>> _pages = [[]];
    private float _top = Head;

    /// <summary>The height of an empty page.</summary>
    public static float FullHeight => Bottom - Head;

    public int PageCount => _pages.Count;

    /// <summary>The height that is left on this page.</summary>
    public float Room => Bottom - _top;

    /// <summary>Whether nothing is on this page yet.</summary>
    public bool AtTop => _top <= Head;

    /// <summary>Leaves a gap, except at the top of a page.</summary>
    public void Space(float height)
    {
        if (!AtTop)
            _top += height;
    }

    /// <summary>Begins the next page.</summary>
    public void Break()
    {
        _pages.Add([]);
        _top = Head;
    }

    /// <summary>Begins the next page where less than this is left of a page that has something on it.</summary>
    public void Keep(float height)
    {
        if (height > Room && !AtTop)
            Break();
    }

    /// <summary>Places something of this height; what draws it is told where its top is.</summary>
    public void Place(float height, Action<Sheet, float> draw)
    {
        Keep(height);
        var top = _top;
        _pages[^1].Add(sheet => draw(sheet, top));
        _top += height;
    }

    /// <summary>Places lines, over as many pages as they need.</summary>
    public void Lines(IReadOnlyList<string> lines, float indent, Lettering lettering, SKColor color)
    {
        foreach (var line in lines)
            Place(lettering.LineHeight, (sheet, top) => sheet.Text(line, Left + indent, top + lettering.Size, lettering, color));
    }

    /// <summary>Writes the pages, with the document's title at the foot of each.</summary>
    public void Write(SKDocument document, string title)
    {
        for (var i = 0; i < _pages.Count; i++)
        {
            var sheet = new Sheet(document.BeginPage(PageWidth, PageHeight));
            foreach (var draw in _pages[i])
                draw(sheet);
            var number = string.Create(CultureInfo.InvariantCulture, $"Page {i + 1} of {_pages.Count}");
            sheet.Line(Left, PageHeight - 42, Left + Width, PageHeight - 42, Palette.Grid, 0.7f);
            sheet.Text(Footer.Fit(title, Width - 80), Left, PageHeight - 28, Footer, Palette.Muted);
            sheet.Text(number, Left + Width - Footer.Width(number), PageHeight - 28, Footer, Palette.Muted);
            document.EndPage();
        }
    }
}
