using Clickpath.Reports.Charts;
using Clickpath.Reports.Fonts;
using SkiaSharp;

namespace Clickpath.Reports.Summary;

/// <summary>The headline figures, up to four to a row.</summary>
internal static class FigureCards
{
    private const int MostToARow = 4;
    private const float Gap = 10;
    private const float Padding = 10;
    private const int LongestText = 400;

    private static readonly SKColor Background = new(0xF3, 0xF6, 0xF9);
    private static readonly Lettering Label = new(8.5f);
    private static readonly Lettering Change = new(8.5f, Bold: true);

    public static void Place(PageFlow flow, IReadOnlyList<Figure> figures)
    {
        // Five are three and two, not four and one.
        var rows = (figures.Count + MostToARow - 1) / MostToARow;
        var toARow = rows == 0 ? 1 : (figures.Count + rows - 1) / rows;
        foreach (var row in figures.Chunk(toARow))
            PlaceRow(flow, row, (PageFlow.Width - (toARow - 1) * Gap) / toARow);
    }

    private static void PlaceRow(PageFlow flow, Figure[] row, float width)
    {
        var cards = row.Select(figure => new Card(figure, width - 2 * Padding)).ToList();
        var height = cards.Max(card => card.Height);
        flow.Place(height + Gap, (sheet, top) =>
        {
            for (var i = 0; i < cards.Count; i++)
                cards[i].Draw(sheet, PageFlow.Left + i * (width + Gap), top, width, height);
        });
    }

    private sealed class Card
    {
        private const float LargestValue = 20;
        private const float SmallestValue = 10;

        private readonly Tone _tone;
        private readonly IReadOnlyList<string> _label;
        private readonly IReadOnlyList<string> _value;
        private readonly Lettering _valueLettering;
        private readonly IReadOnlyList<string> _change;
        private readonly int _direction;

        public Card(Figure figure, float width)
        {
            _tone = figure.Tone;
            _label = Label.Wrap(Clean(figure.Label), width, 3);
            var value = Clean(figure.Value);
            var size = LargestValue;
            while (size > SmallestValue && new Lettering(size, Bold: true).Width(value) > width)
                size -= 1;
            _valueLettering = new Lettering(size, Bold: true);
            _value = _valueLettering.Wrap(value, width, 2);
            var change = Clean(figure.Change).Trim();
            _direction = change.Length == 0 ? 0 : change[0] is '+' ? 1 : change[0] is '-' or '−' ? -1 : 0;
            var words = (_direction, change.Length) switch
            {
                (1, _) => "Up " + change[1..].TrimStart(),
                (-1, _) => "Down " + change[1..].TrimStart(),
                _ => change,
            };
            _change = words.Length == 0 ? [] : Change.Wrap(words, width - 12, 4);
        }

        public float Height => 2 * Padding + _label.Count * Label.LineHeight + _value.Count * _valueLettering.LineHeight + _change.Count * Change.LineHeight;

        public void Draw(Sheet sheet, float left, float top, float width, float height)
        {
            sheet.Fill(new SKRect(left, top, left + width, top + height), Background, 5);
            var x = left + Padding;
            var y = sheet.Lines(_label, x, top + Padding, Label, Palette.Muted);
            y = sheet.Lines(_value, x, y, _valueLettering, Palette.Ink);
            if (_change.Count == 0)
                return;
            var color = ToneMark.Color(_tone);
            Arrow(sheet, x + 4, y + Change.Size - Change.CapHeight / 2, color);
            sheet.Lines(_change, x + 12, y, Change, color);
        }

        private void Arrow(Sheet sheet, float x, float y, SKColor color)
        {
            const float size = 3.6f;
            if (_direction == 0)
            {
                sheet.Fill(new SKRect(x - size, y - 0.8f, x + size, y + 0.8f), color);
                return;
            }
            using var path = new SKPath();
            path.AddPoly([new(x, y - _direction * size), new(x + size, y + _direction * size), new(x - size, y + _direction * size)]);
            sheet.Path(path, color);
        }

        private static string Clean(string? text) => Lettering.Clean(text, LongestText);
    }
}
