using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Clickpath.Reports.Html;

/// <summary>HTML that is safe to put into a page. It is made by interpolation alone: what the code writes stands as it is, and
/// whatever fills a hole is escaped, unless it is markup itself.</summary>
/// <example><c>Markup.Of($"&lt;td&gt;{row.Name}&lt;/td&gt;")</c></example>
internal readonly record struct Markup
{
    private readonly string? _html;

    private Markup(string html) => _html = html;

    public static Markup Empty { get; }

    public bool IsEmpty => string.IsNullOrEmpty(_html);

    public static Markup Of(Interpolation html) => new(html.ToString());

    public static Markup Join(IEnumerable<Markup> parts) => new(string.Concat(parts));

    /// <summary>The name of an element or attribute, for code that copies a drawing. Throws where it is none.</summary>
    public static Markup Name(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? new(name)
        : throw new ArgumentException($"'{name}' is no name of an element or attribute", nameof(name));

    public override string ToString() => _html ?? "";

    /// <summary>Collects an interpolated string, escaping what fills its holes.</summary>
    [InterpolatedStringHandler]
    internal readonly struct Interpolation(int literalLength, int formattedCount)
    {
        private readonly StringBuilder _html = new(literalLength + 16 * formattedCount);

        public void AppendLiteral(string html) => _html.Append(html);

        public void AppendFormatted(Markup markup) => _html.Append(markup.ToString());

        public void AppendFormatted(IEnumerable<Markup> parts)
        {
            foreach (var part in parts)
                _html.Append(part.ToString());
        }

        public void AppendFormatted(long number) => _html.Append(CultureInfo.InvariantCulture, $"{number}");

        /// <summary>Text, for content and for quoted attributes. Control, direction and other invisible characters, which could
        /// make a page read as what it is not, are gone; line breaks and tabs stay.</summary>
        public void AppendFormatted(string? text)
        {
            foreach (var rune in (text ?? "").EnumerateRunes())
            {
                switch (rune.Value)
                {
                    case '&': _html.Append("&amp;"); break;
                    case '<': _html.Append("&lt;"); break;
                    case '>': _html.Append("&gt;"); break;
                    case '"': _html.Append("&quot;"); break;
                    case '\'': _html.Append("&#39;"); break;
                    case '`': _html.Append("&#96;"); break;
                    case '\n' or '\t': _html.Append((char)rune.Value); break;
                    default: AppendVisible(rune); break;
                }
            }
        }

        public override string ToString() => _html.ToString();

        private void AppendVisible(Rune rune)
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    _html.Append(' ');
                    break;
                case UnicodeCategory.Format:
                    break;
                default:
                    _html.Append(rune.ToString());
                    break;
            }
        }
    }
}
