using Clickpath.Reports.Summary;

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
