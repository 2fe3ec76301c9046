using Clickpath.Reports.Summary;
using Clickpath.Sql;

namespace Clickpath.Reports.Html;

/// <summary>What pages are made of, besides tables.</summary>
internal static class Elements
{
    /// <summary>Headline figures as cards, each with its change.</summary>
    public static Markup Cards(IEnumerable<Figure> figures) => Markup.Of(
        $"<ul class=\"cards\" aria-label=\"Headline figures\">{figures.Select(Card)}</ul>\n");

    /// <summary>Sentences as a list, each with the mark of its tone.</summary>
    public static Markup Findings(IEnumerable<(Tone Tone, Markup Text)> findings) => Markup.Of(
        $"<ul class=\"findings\">{findings.Select(f => Markup.Of($"<li class=\"{Class(f.Tone)}\">{Mark(f.Tone)}<div>{f.Text}</div></li>"))}</ul>\n");

    /// <summary>A severity or status (critical, warn, info, pass, skipped) as a coloured word with a mark, so that colour is not all.</summary>
    /// <param name="status">Which; any other word is neutral.</param>
    /// <param name="words">What is written; null: the status itself.</param>
    public static Markup Status(string status, string? words = null)
    {
        var (style, mark) = status switch
        {
            "critical" or "fail" or "FAIL" => ("critical", "✗"),
            "warn" => ("warn", "▲"),
            "pass" or "PASS" => ("good", "✓"),
            "skipped" => ("note", "○"),
            _ => ("note", "●"),
        };
        return Markup.Of($"<span class=\"status {style}\"><span aria-hidden=\"true\">{mark}</span> {words ?? status}</span>");
    }

    /// <summary>SQL to be read: keywords, text, parameters and comments told apart.</summary>
    public static Markup Sql(string sql)
    {
        var parts = new List<Markup>();
        var done = 0;
        foreach (var token in SqlText.Tokens(sql))
        {
            var length = token.Text.Length + (token.Kind == SqlText.Kind.Parameter ? 1 : 0);
            parts.Add(Between(sql[done..token.Start]));
            var text = sql.Substring(token.Start, length);
            parts.Add(token.Kind switch
            {
                SqlText.Kind.Parameter => Markup.Of($"<span class=\"p\">{text}</span>"),
                SqlText.Kind.Literal when text[0] == '\'' => Markup.Of($"<span class=\"s\">{text}</span>"),
                SqlText.Kind.Word when text.All(char.IsAsciiLetterUpper) => Markup.Of($"<span class=\"k\">{text}</span>"),
                _ => Markup.Of($"{text}"),
            });
            done = token.Start + length;
        }
        return Markup.Of($"<pre tabindex=\"0\"><code>{parts}{Between(sql[done..])}</code></pre>");

        static Markup Between(string text) => string.IsNullOrWhiteSpace(text) ? Markup.Of($"{text}") : Markup.Of($"<span class=\"c\">{text}</span>");
    }

    /// <summary>What is behind a fold: one click away, in print left out.</summary>
    public static Markup Fold(string summary, Markup body) => Markup.Of($"<details class=\"fold\"><summary>{summary}</summary>{body}</details>\n");

    private static Markup Card(Figure figure) => Markup.Of(
        $"<li class=\"card {Class(figure.Tone)}\"><p class=\"label\">{figure.Label}</p><p class=\"value\">{figure.Value}</p>{Change(figure)}</li>");

    private static Markup Change(Figure figure)
    {
        if (figure.Change is not { Length: > 0 } change)
            return Markup.Empty;
        var arrow = change[0] switch { '+' => "▲", '−' or '-' => "▼", _ => "" };
        return Markup.Of($"<p class=\"change\"><span aria-hidden=\"true\">{arrow}</span> {change}{Spoken(figure.Tone)}</p>");
    }

    private static string Class(Tone tone) => tone switch { Tone.Good => "good", Tone.Bad => "bad", _ => "note" };

    private static Markup Mark(Tone tone) => tone switch
    {
        Tone.Good => Markup.Of($"<span class=\"mark\" aria-hidden=\"true\">✓</span>{Spoken(tone)}"),
        Tone.Bad => Markup.Of($"<span class=\"mark\" aria-hidden=\"true\">▲</span>{Spoken(tone)}"),
        _ => Markup.Of($"<span class=\"mark\" aria-hidden=\"true\">●</span>"),
    };

    // For those who hear the page: what the colour says.
    private static Markup Spoken(Tone tone) => tone switch
    {
        Tone.Good => Markup.Of($"<span class=\"spoken\"> (good) </span>"),
        Tone.Bad => Markup.Of($"<span class=\"spoken\"> (a concern) </span>"),
        _ => Markup.Empty,
    };
}
