using System.Security.Cryptography;
using System.Text;
using Clickpath.Reports.Summary;

namespace Clickpath.Reports.Html;

/// <summary>A part of a page with a heading of the second level.</summary>
/// <param name="Id">Its anchor.</param>
/// <param name="Heading">Its heading, as in the contents.</param>
/// <param name="Body">What it holds.</param>
internal sealed record HtmlSection(string Id, string Heading, Markup Body)
{
    /// <summary>Anchors and headings of the third level, for the contents.</summary>
    public IReadOnlyList<(string Id, string Heading)> Parts { get; init; } = [];

    /// <summary>On a wide screen it stands beside a neighbour that is half as well.</summary>
    public bool IsHalf { get; init; }
}

/// <summary>A self-contained HTML page: style, script and letters are inside, nothing is fetched, and a policy forbids the browser
/// to fetch or to run anything else. It is readable without the script, which adds sorting, filtering and a theme switch.</summary>
internal sealed record HtmlPage
{
    private static readonly string Style = Asset("page.css")
        .Replace("REGULAR", Font("Inter-Regular.woff2"), StringComparison.Ordinal)
        .Replace("BOLD", Font("Inter-Bold.woff2"), StringComparison.Ordinal);

    private static readonly string Script = Asset("page.js");

    private static readonly Markup Half = Markup.Of($" class=\"half\"");

    private static readonly string Policy =
        $"default-src 'none'; style-src {Hash(Style)}; script-src {Hash(Script)}; font-src data:; img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";

    public required string Title { get; init; }

    /// <summary>What the page is about: shop, period, scope.</summary>
    public string? Subtitle { get; init; }

    /// <summary>The headline figures, above the first section.</summary>
    public IReadOnlyList<Figure> Figures { get; init; } = [];

    /// <summary>What stands between the title and the figures: a verdict, links.</summary>
    public Markup Lead { get; init; }

    public IReadOnlyList<HtmlSection> Sections { get; init; } = [];

    /// <summary>The last line: where the page comes from.</summary>
    public Markup Foot { get; init; }

    /// <summary>Writes the page, UTF-8 with \n. The same page has the same bytes.</summary>
    public void Write(string path) => File.WriteAllText(path, ToString());

    public override string ToString()
    {
        var page = new StringBuilder(1 << 18);
        page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
            .Append(Markup.Of($"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\"/>\n"))
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<meta name=\"color-scheme\" content=\"light dark\"/>\n")
            .Append("<meta name=\"referrer\" content=\"no-referrer\"/>\n")
            .Append(Markup.Of($"<title>{Title}</title>\n"))
            .Append("<style>").Append(Style).Append("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the content</a>\n")
            .Append(Markup.Of($"<header class=\"top\"><p class=\"brand\">Clickpath</p><h1>{Title}</h1>"))
            .Append(Subtitle is null ? Markup.Empty : Markup.Of($"<p class=\"subtitle\">{Subtitle}</p>"))
            .Append(Lead).Append(Figures.Count > 0 ? Elements.Cards(Figures) : Markup.Empty).Append("</header>\n")
            .Append("<div class=\"frame\">\n").Append(Contents()).Append("<main id=\"main\">\n");
        foreach (var section in Sections)
            page.Append(Markup.Of($"<section id=\"{section.Id}\"{(section.IsHalf ? Half : Markup.Empty)} aria-labelledby=\"{section.Id}-h\">\n<h2 id=\"{section.Id}-h\">{section.Heading}</h2>\n{section.Body}</section>\n"));
        return page.Append("</main>\n</div>\n")
            .Append(Markup.Of($"<footer>{Foot}</footer>\n"))
            .Append("<script>").Append(Script).Append("</script>\n</body>\n</html>\n").ToString();
    }

    private Markup Contents() => Sections.Count < 2 ? Markup.Empty : Markup.Of(
        $"<nav class=\"toc\" aria-label=\"Contents\"><ol>{Sections.Select(Entry)}</ol></nav>\n");

    private static Markup Entry(HtmlSection section) => Markup.Of(
        $"<li><a href=\"#{section.Id}\">{section.Heading}</a>{Entries(section.Parts)}</li>");

    private static Markup Entries(IReadOnlyList<(string Id, string Heading)> parts) => parts.Count == 0 ? Markup.Empty : Markup.Of(
        $"<ol>{parts.Select(part => Markup.Of($"<li><a href=\"#{part.Id}\">{part.Heading}</a></li>"))}</ol>");

    private static string Hash(string content) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'";

    private static string Asset(string name)
    {
        using var reader = new StreamReader(Resource(name));
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Font(string name)
    {
        using var stream = Resource(name);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Convert.ToBase64String(bytes);
    }

    private static Stream Resource(string name) => typeof(HtmlPage).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"{name} is not embedded in {typeof(HtmlPage).Assembly.GetName().Name}");
}
