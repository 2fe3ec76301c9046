using System.Globalization;
using Clickpath.Reports.Charts;
using Clickpath.Reports.Fonts;
using SkiaSharp;

namespace Clickpath.Reports.Summary;

/// <summary>Writes the executive summary as a PDF of four pages at the most: vector charts, text that can be selected, the same bytes for the
/// same document.</summary>
internal static class ExecutiveSummary
{
    private const int MostPages = 4;
    private const int MostItems = 40;
    private const float ChartHeight = 222;
    private const float LeastChartHeight = 190;
    private const float ChartScale = 0.67f;
    private const int LongestText = 4000;
    private const int LongestTitle = 300;
    private const int LongestSubtitle = 1000;
    private const float TermWidth = 118;

    private static readonly Lettering Title = new(22, Bold: true);
    private static readonly Lettering Subtitle = new(10);
    private static readonly Lettering Heading = new(14, Bold: true);
    private static readonly Lettering Body = new(9.5f);
    private static readonly Lettering Strong = new(9.5f, Bold: true);

    /// <summary>The document as a PDF's bytes.</summary>
    public static byte[] Pdf(SummaryDocument document)
    {
        var title = Lettering.Clean(document.Title, LongestTitle);
        var subtitle = Lettering.Clean(document.Subtitle, LongestSubtitle);
        var flow = Laid(document, title, subtitle);
        var cut = document.Sections.Select(section => Math.Max(section.Items.Count - MostItems, 0)).ToArray();
        while (flow.PageCount > MostPages && ToCut(document, cut) is var section and >= 0)
        {
            cut[section]++;
            flow = Laid(document with { Sections = [.. document.Sections.Select((whole, i) => Cut(whole, cut[i]))] }, title, subtitle);
        }

        // Without dates of its own the PDF says the same whenever it is made.
        var metadata = new SKDocumentPdfMetadata
        {
            Title = title,
            Subject = subtitle,
            Author = "Clickpath",
            Creator = "Clickpath",
            Producer = "Clickpath",
            RasterDpi = SKDocumentPdfMetadata.DefaultRasterDpi,
            EncodingQuality = SKDocumentPdfMetadata.DefaultEncodingQuality,
        };
        using var bytes = new MemoryStream();
        using (var pdf = SKDocument.CreatePdf(bytes, metadata))
        {
            flow.Write(pdf, title);
            pdf.Close();
        }
        return bytes.ToArray();
    }

    // What has no room gives way: figures first, the last of them, then sentences of the longest section.
    private static int ToCut(SummaryDocument document, int[] cut)
    {
        var left = document.Sections.Select((section, i) => (i, IsPicture: section.Items.Any(item => item is ChartItem or TableItem), Count: section.Items.Count - cut[i])).ToList();
        return left.Where(section => section.Count > (section.IsPicture ? 0 : 1)).OrderByDescending(section => section.IsPicture).ThenByDescending(section => section.Count)
            .Select(section => (int?)section.i).FirstOrDefault() ?? -1;
    }

    private static SummarySection Cut(SummarySection section, int count)
    {
        if (count == 0)
            return section;
        var titles = section.Items.TakeLast(count).Select(item => item switch { ChartItem chart => chart.Spec.Title ?? chart.Title, TableItem table => table.Title, _ => null }).OfType<string>().ToList();
        var left = titles.Count is > 0 and <= 6 ? string.Join(", ", titles) : string.Create(CultureInfo.InvariantCulture, $"{count} more");
        return section with { Items = [.. section.Items.SkipLast(count), new Paragraph($"Only in report.html, for lack of room: {left}.")] };
    }

    private static PageFlow Laid(SummaryDocument document, string title, string subtitle)
    {
        var flow = new PageFlow();
        flow.Lines(Title.Wrap(title, PageFlow.Width), 0, Title, Palette.Ink);
        flow.Space(2);
        flow.Lines(Subtitle.Wrap(subtitle, PageFlow.Width), 0, Subtitle, Palette.Muted);
        flow.Space(10);
        FigureCards.Place(flow, document.Figures);
        foreach (var section in document.Sections)
            Place(flow, section);
        return flow;
    }

    private static void Place(PageFlow flow, SummarySection section)
    {
        if (section.Items.Count == 0)
            return;
        flow.Space(14);
        var lines = Heading.Wrap(Clean(section.Heading), PageFlow.Width);
        // A heading stays with what follows it.
        flow.Keep(lines.Count * Heading.LineHeight + 4 + FirstHeight(section.Items[0]));
        flow.Lines(lines, 0, Heading, Palette.Ink);
        flow.Space(4);
        foreach (var item in section.Items)
            Place(flow, item);
    }

    private static float FirstHeight(SummaryItem item) => item switch
    {
        ChartItem => LeastChartHeight,
        TableItem => 60,
        _ => 2 * Body.LineHeight,
    };

    private static void Place(PageFlow flow, SummaryItem item)
    {
        switch (item)
        {
            case Paragraph paragraph:
                flow.Lines(Body.Wrap(Clean(paragraph.Text), PageFlow.Width), 0, Body, Palette.Ink);
                flow.Space(5);
                break;
            case Sentence sentence:
                PlaceSentence(flow, sentence);
                break;
            case Definition definition:
                PlaceDefinition(flow, definition);
                break;
            case ChartItem chart:
                PlaceChart(flow, chart);
                break;
            case TableItem table:
                flow.Keep(Strong.LineHeight + 60);
                flow.Lines(Strong.Wrap(Clean(table.Title), PageFlow.Width), 0, Strong, Palette.Ink);
                TableRows.Place(flow, table);
                flow.Space(10);
                break;
        }
    }

    private static void PlaceChart(PageFlow flow, ChartItem chart)
    {
        // A chart shrinks a little rather than leave a third of a page empty.
        var height = flow.Room >= LeastChartHeight ? Math.Min(ChartHeight, flow.Room) : ChartHeight;
        flow.Place(height, (sheet, top) => ChartRenderer.Draw(sheet.Canvas, new SKRect(PageFlow.Left, top, PageFlow.Left + PageFlow.Width, top + height),
            chart.Spec, chart.Table, chart.Formats, chart.Title, ChartScale));
        flow.Space(14);
    }

    // The mark before a finding differs by its shape, not by its colour alone.
    private static void PlaceSentence(PageFlow flow, Sentence sentence)
    {
        const float indent = 16;
        var lines = Body.Wrap(Clean(sentence.Text), PageFlow.Width - indent);
        flow.Keep(Math.Min(lines.Count, 2) * Body.LineHeight);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            var first = i == 0;
            flow.Place(Body.LineHeight, (sheet, top) =>
            {
                if (first)
                    ToneMark.Draw(sheet, sentence.Tone, PageFlow.Left + 5, top + Body.Size - Body.CapHeight / 2, 4);
                sheet.Text(line, PageFlow.Left + indent, top + Body.Size, Body, Palette.Ink);
            });
        }
        flow.Space(4);
    }

    private static void PlaceDefinition(PageFlow flow, Definition definition)
    {
        var terms = Strong.Wrap(Clean(definition.Term), TermWidth - 10);
        var lines = Body.Wrap(Clean(definition.Text), PageFlow.Width - TermWidth);
        for (var i = 0; i < Math.Max(terms.Count, lines.Count); i++)
        {
            var (term, line) = (i < terms.Count ? terms[i] : "", i < lines.Count ? lines[i] : "");
            flow.Place(Body.LineHeight, (sheet, top) =>
            {
                sheet.Text(term, PageFlow.Left, top + Body.Size, Strong, Palette.Ink);
                sheet.Text(line, PageFlow.Left + TermWidth, top + Body.Size, Body, Palette.Ink);
            });
        }
        flow.Space(4);
    }

    private static string Clean(string? text) => Lettering.Clean(text, LongestText);
}
