using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Clickpath.Reports.Charts;
using Clickpath.Reports.Fonts;
using SkiaSharp;

namespace Clickpath.Reports.Html;

/// <summary>A chart inside a page: drawn as everywhere else, with text as text, colours that follow the page's theme, and places that
/// say their values to the pointer and to the keys. It is there twice, for wide screens and for phones, so that letters keep their size.</summary>
internal static class HtmlChart
{
    private const int WideWidth = 860;
    private const int NarrowWidth = 340;
    private const int MostHeight = 560;

    /// <summary>The drawing's colours and what they are on a page.</summary>
    private static readonly Dictionary<string, (string Color, string? Opacity)> Colors = ColorNames();

    /// <summary>The chart, or words where there is nothing to draw.</summary>
    /// <param name="spec">What to draw.</param>
    /// <param name="table">The rows.</param>
    /// <param name="formats">How the columns read.</param>
    /// <param name="title">What it shows, for those who do not see it.</param>
    /// <param name="id">A name of its own in the page.</param>
    public static Markup Of(ChartSpec spec, Table table, ColumnFormats formats, string title, string id)
    {
        var data = ChartData.From(spec, table, formats);
        if (data.Nothing is { } reason)
            return Markup.Of($"<p class=\"nothing\">No chart. {reason}</p>\n");
        var (wide, narrow) = Heights(spec, data);
        var label = $"{spec.Title ?? title}. {spec.Description}; the values stand in the table.";
        return Markup.Of($"""
            <figure class="chart" aria-label="{label}">{Caption(spec)}{Drawing(spec, table, formats, "wide", WideWidth, wide, id, label)}{Drawing(spec, table, formats, "narrow", NarrowWidth, narrow, id, label)}</figure>

            """);
    }

    private static Markup Caption(ChartSpec spec) => spec.Title is null ? Markup.Empty : Markup.Of($"<figcaption>{spec.Title}</figcaption>");

    private static Markup Drawing(ChartSpec spec, Table table, ColumnFormats formats, string size, int width, int height, string id, string label)
    {
        var answers = new List<Answer>();
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, width, height), stream))
            ChartRenderer.DrawChart(new Sheet(canvas) { Answers = answers }, new SKRect(1, 2, width - 1, height - 2), spec with { Title = null }, table, formats, "");
        var drawn = XElement.Parse(Encoding.UTF8.GetString(stream.ToArray()));

        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var clip in drawn.Descendants().Where(e => e.Name.LocalName == "clipPath"))
            names.Add($"url(#{clip.Attribute("id")!.Value})", $"{id}-{size}-{names.Count + 1}");
        return Markup.Of($"""
            <svg class="{size}" viewBox="0 0 {width} {height}" role="img" aria-label="{label}">{drawn.Elements().Select(element => Shape(element, names))}{answers.Select(answer => Place(answer, formats))}</svg>
            """);
    }

    // Skia's elements one by one, with what the page needs of them.
    private static Markup Shape(XElement element, Dictionary<string, string> names)
    {
        var tag = element.Name.LocalName;
        if (tag == "text")
        {
            // Skia gives the place of each letter; the first will do, for the page has the same font.
            return Markup.Of($"<text x=\"{First(element, "x")}\" y=\"{First(element, "y")}\" font-size=\"{element.Attribute("font-size")?.Value}\"{Turned(element)}{Weight(element)}{Painted("fill", element)}>{element.Value.Trim()}</text>");
        }
        var attributes = element.Attributes().Where(a => !a.IsNamespaceDeclaration).Select(a => a.Name.LocalName switch
        {
            "fill" or "stroke" => Painted(a.Name.LocalName, element),
            "clip-path" => Markup.Of($" clip-path=\"url(#{names[a.Value]})\""),
            "id" => Markup.Of($" id=\"{names[$"url(#{a.Value})"]}\""),
            _ => Markup.Of($" {Markup.Name(a.Name.LocalName)}=\"{PathNumbers.Rounded(a.Value)}\""),
        });
        return Markup.Of($"<{Markup.Name(tag)}{attributes}>{element.Elements().Select(child => Shape(child, names))}</{Markup.Name(tag)}>");
    }

    private static Markup Place(Answer answer, ColumnFormats formats)
    {
        var values = answer.Values.Select(v => (v.Name, Text: formats.Text(v.Column, v.Value))).ToList();
        var text = $"{answer.At}{(answer.Partial ? " (incomplete day)" : "")}\n{string.Join("\n", values.Select(v => $"{v.Name}: {v.Text}"))}";
        var raw = string.Join(" ", answer.Values.Select(v => formats.CsvText(v.Column, v.Value)));
        var place = answer.Place;
        return Markup.Of($"<rect class=\"m\" x=\"{Number(place.Left)}\" y=\"{Number(place.Top)}\" width=\"{Number(place.Width)}\" height=\"{Number(place.Height)}\" data-x=\"{answer.At}\" data-v=\"{raw}\"><title>{text}</title></rect>");
    }

    private static Markup Painted(string attribute, XElement element)
    {
        var color = element.Attribute(attribute)?.Value ?? "black";
        var (name, opacity) = attribute == "fill" && color == "white" && element.Name.LocalName == "text" ? ("white", null) : Colors.GetValueOrDefault(color, (color, null));
        return opacity is null ? Markup.Of($" {Markup.Name(attribute)}=\"{name}\"") : Markup.Of($" {Markup.Name(attribute)}=\"{name}\" {Markup.Name(attribute)}-opacity=\"{opacity}\"");
    }

    private static Markup Turned(XElement text) => text.Attribute("transform") is { } turn ? Markup.Of($" transform=\"{turn.Value}\"") : Markup.Empty;

    private static Markup Weight(XElement text) => text.Attribute("font-weight") is null ? Markup.Empty : Markup.Of($" font-weight=\"700\"");

    private static string First(XElement element, string attribute) => PathNumbers.Rounded((element.Attribute(attribute)?.Value ?? "0").Split(',')[0]);

    private static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);

    private static Dictionary<string, (string, string?)> ColorNames()
    {
        var colors = new Dictionary<string, (string, string?)>(StringComparer.OrdinalIgnoreCase)
        {
            [Hex(Palette.Ink)] = ("var(--ink)", null),
            [Hex(Palette.Muted)] = ("var(--muted)", null),
            [Hex(Palette.Grid)] = ("var(--line)", null),
            [Hex(Palette.Axis)] = ("var(--axis)", null),
            ["white"] = ("var(--paper)", null),
            ["black"] = ("var(--s6)", null),
        };
        for (var i = 0; i < Palette.Series.Count; i++)
        {
            colors.TryAdd(Hex(Palette.Series[i]), ($"var(--s{i})", null));
            colors.TryAdd(Hex(Palette.Mix(Palette.Series[i], SKColors.White, 0.8)), ($"var(--s{i})", ".2")); // the ground of a hatched bar
        }
        return colors;
    }

    private static string Hex(SKColor color) => color == SKColors.Black ? "black" : $"#{color.Red:X2}{color.Green:X2}{color.Blue:X2}";

    private static (int Wide, int Narrow) Heights(ChartSpec spec, ChartData data)
    {
        var rows = spec.Type switch
        {
            ChartType.HeatMap => data.Panels.SelectMany(panel => panel.Groups).Select(group => group.Color).Distinct().Count(),
            ChartType.Funnel => data.Categories.Count * 2,
            ChartType.Bar or ChartType.Stacked when data.Kind == XKind.Category => data.Categories.Count,
            _ => 0,
        };
        var panels = data.Panels.Count;
        return (Math.Clamp(Math.Max(rows * 24 + 110, panels > 3 ? 540 : 350), 350, MostHeight), Math.Clamp(Math.Max(rows * 24 + 120, panels * 190), 270, 2 * MostHeight));
    }
}
