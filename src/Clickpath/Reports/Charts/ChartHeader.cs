using Clickpath.Reports.Fonts;
using SkiaSharp;

namespace Clickpath.Reports.Charts;

/// <summary>What stands above the plots: title, what was left out, what colours mean, what is measured.</summary>
internal static class ChartHeader
{
    /// <summary>About how high it is, for deciding what has room before it is laid out.</summary>
    public const float Typical = 92;

    private const float Swatch = 11;

    private static readonly Lettering Title = new(18, Bold: true);
    private static readonly Lettering Left = new(12);
    private static readonly Lettering Legend = new(11);

    /// <summary>Draws it, and returns where the plots begin.</summary>
    public static float Draw(Sheet sheet, SKRect area, ChartSpec spec, ChartData data, ColumnFormats formats, string title)
    {
        var top = title.Length == 0 ? area.Top : sheet.Lines(Title.Wrap(title, area.Width, 2), area.Left, area.Top, Title, Palette.Ink);
        var below = string.Join(". ", data.Notes);
        if (below.Length > 0)
            top = sheet.Lines(Left.Wrap(below, area.Width, 2), area.Left, top, Left, Palette.Muted);
        if (data.Nothing is not null)
            return top;

        top += 6;
        var names = spec.Type is ChartType.HeatMap or ChartType.Funnel ? [] : data.Panels.SelectMany(panel => panel.Groups)
            .GroupBy(group => group.Color).OrderBy(group => group.Key).Select(group => (group.Key, group.First().Name)).ToList();
        // One colour needs no key; plots titled by their measure need none either.
        var keyed = names.Count > 1 && !(spec.Series is null && data.Panels.Count > 1 && spec.Facet is null);
        if (keyed || data.HasPartial)
            top = Key(sheet, area, top, spec, keyed ? names : [], data.HasPartial);
        if (spec.Type == ChartType.HeatMap)
            top = HeatKey(sheet, area, top, spec, data, formats);
        else if (spec.Type != ChartType.Funnel && Caption(spec, data, formats, keyed) is { Length: > 0 } caption)
            top = sheet.Lines(Legend.Wrap(caption, area.Width, 1), area.Left, top, Legend, Palette.Muted);
        return top + (data.Panels.Count > 1 ? 8 : 2);
    }

    public static void NoData(Sheet sheet, SKRect area, string reason)
    {
        var lettering = new Lettering(16, Bold: true);
        const string words = "Nothing to show";
        sheet.Fill(new SKRect(area.Left, area.Top + 10, area.Right, area.Bottom - 10), new SKColor(0xF5, 0xF7, 0xF9), 6);
        sheet.Text(words, area.MidX - lettering.Width(words) / 2, area.MidY, lettering, Palette.Muted);
        var why = new Lettering(12);
        sheet.Text(reason, area.MidX - why.Width(reason) / 2, area.MidY + 20, why, Palette.Muted);
    }

    private static string Caption(ChartSpec spec, ChartData data, ColumnFormats formats, bool keyed)
    {
        if (data.Panels.Select(panel => panel.Column).Distinct().Count() > 1)
            return "";
        var measure = data.Panels[0].Column;
        var plot = new Plot(spec, data, formats, data.Panels[0], []);
        var several = keyed && spec.Series is null;
        var caption = several ? spec.Unit ?? formats.Unit(measure) ?? "" : plot.Caption(measure);
        return spec.HasBars && data.Kind == XKind.Category && caption.Length > 0
            ? $"{caption} by {ColumnFormats.Label(spec.X).ToLowerInvariant()}"
            : caption;
    }

    private static float Key(Sheet sheet, SKRect area, float top, ChartSpec spec, List<(int Color, string Name)> names, bool partial)
    {
        var x = area.Left;
        foreach (var (color, name) in names)
            Entry(Legend.Fit(name, area.Width * 0.3f), () =>
                sheet.Fill(new SKRect(x, top + 2, x + Swatch, top + 2 + Swatch), Palette.Series[color % Palette.Series.Count], spec.Type is ChartType.Line or ChartType.Scatter ? Swatch / 2 : 2));
        if (partial)
            Entry("incomplete day, not to be compared", () =>
            {
                var box = new OxyPlot.OxyRect(x, top + 2, Swatch, Swatch);
                if (spec.Type is ChartType.Line or ChartType.Scatter)
                    sheet.Circle(x + Swatch / 2, top + 2 + Swatch / 2, 4, SKColors.White, Palette.Muted, 1.5f);
                else
                    BoxSeries.Hatch(new SheetContext(sheet), box, Palette.Muted.Oxy());
            });
        return top + Legend.LineHeight + 4;

        void Entry(string text, Action swatch)
        {
            var width = Swatch + 5 + Legend.Width(text);
            if (x > area.Left && x + width > area.Right)
            {
                x = area.Left;
                top += Legend.LineHeight + 2;
            }
            swatch();
            sheet.Text(text, x + Swatch + 5, top + Legend.Size, Legend, Palette.Ink);
            x += width + 16;
        }
    }

    private static float HeatKey(Sheet sheet, SKRect area, float top, ChartSpec spec, ChartData data, ColumnFormats formats)
    {
        var marks = data.Panels.SelectMany(panel => panel.Marks).Where(mark => double.IsFinite(mark.Y)).ToList();
        var column = data.Panels[0].Column;
        var largest = HeatMapPlot.Largest(marks);
        var low = marks.Exists(mark => mark.Y < 0) ? -largest : 0;
        var caption = Legend.Fit(new Plot(spec, data, formats, data.Panels[0], []).Caption(column), area.Width * 0.5f);
        var x = area.Left;
        Word(caption + ":");
        Word(formats.Compact(column, low));
        const int steps = 40;
        const float width = 120f / steps;
        for (var i = 0; i < steps; i++)
            sheet.Fill(new SKRect(x + i * width, top + 2, x + (i + 1) * width + 0.3f, top + 2 + Swatch),
                Palette.Heat(low < 0 ? -1 + 2.0 * i / (steps - 1) : (double)i / (steps - 1)));
        x += steps * width + 8;
        Word(formats.Compact(column, largest));
        return top + Legend.LineHeight + 4;

        void Word(string text)
        {
            sheet.Text(text, x, top + Legend.Size, Legend, Palette.Muted);
            x += Legend.Width(text) + 8;
        }
    }
}
