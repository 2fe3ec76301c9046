using System.Globalization;
using Clickpath.Reports.Html;
using Clickpath.Reports.Summary;
using Clickpath.Sql;

namespace Clickpath.Stages;

/// <summary><c>report.html</c>: the executive summary, and behind it every report with its chart, table, SQL and CSV.</summary>
internal static class ReportPage
{
    private static readonly string[] Findings = ["What happened", "What is working", "What is concerning", "What to do next", "How far the data can be trusted"];

    // Below a chart, a few rows show what it is made of.
    private const int FewRows = 5;
    private const int ManyRows = 10;

    /// <summary>Puts the page together.</summary>
    /// <param name="summary">What the executive summary says.</param>
    /// <param name="reports">All reports.</param>
    /// <param name="catalog">The SQL files, for parameters in force and what a report reads.</param>
    public static HtmlPage Of(SummaryDocument summary, IReadOnlyList<Report> reports, SqlCatalog catalog) => new()
    {
        Title = summary.Title,
        Subtitle = summary.Subtitle,
        Figures = summary.Figures,
        Sections =
        [
            .. summary.Sections.Where(section => Findings.Contains(section.Heading)).Select(Said),
            .. reports.Where(report => report.Kind == "table")
                .GroupBy(report => report.File["section"]!)
                .OrderBy(section => section.Min(Order)).ThenBy(section => section.Key, StringComparer.Ordinal)
                .Select(section => Figures(section.Key, [.. section.OrderBy(Order).ThenBy(report => report.File.Name, StringComparer.Ordinal)], catalog)),
            .. summary.Sections.Where(section => section.Items.All(item => item is Definition)).Select(Defined),
            Behind([.. reports.Where(report => report.Kind != "table").OrderBy(report => report.File.Name, StringComparer.Ordinal)], catalog),
        ],
        Foot = Markup.Of($"Every figure here is a cell of a CSV beside this page, which links to it. This file needs no network and holds no trackers. Clickpath {Version}."),
    };

    /// <summary>The page with links to other outputs of the run, by their path relative to it.</summary>
    public static HtmlPage With(IEnumerable<(string Path, string Words)> links, HtmlPage page) => page with
    {
        Lead = Markup.Of($"<p class=\"lead\">{links.Select(link => Markup.Of($"<a href=\"{link.Path}\">{link.Words}</a> "))}</p>"),
    };

    private static string Title(Report report) => report.File["title"]!;

    // Those without a place in the summary come last.
    private static int Order(Report report) => int.TryParse(report.File["order"], NumberStyles.None, CultureInfo.InvariantCulture, out var order) ? order : int.MaxValue;

    private static string Version => typeof(ReportPage).Assembly.GetName().Version!.ToString(3);

    private static HtmlSection Said(SummarySection section) => new(Id("summary", section.Heading), section.Heading, Elements.Findings(
        section.Items.OfType<Sentence>().Select(sentence => (sentence.Tone, Markup.Of($"{sentence.Text}{From(sentence.Source)}")))))
    {
        IsHalf = section.Heading is "What is working" or "What is concerning",
    };

    private static Markup From(string? source) => source is null ? Markup.Empty : Markup.Of($" <a class=\"from\" href=\"#{source}\" aria-label=\"Where this sentence comes from\">source</a>");

    private static HtmlSection Figures(string heading, IReadOnlyList<Report> reports, SqlCatalog catalog) => new(
        Id("figures", heading), heading, Markup.Join(reports.Select(report => Article(report, catalog, withData: true))))
    {
        Parts = [.. reports.Select(report => (report.File.Name, Title(report)))],
    };

    private static HtmlSection Defined(SummarySection section) => new(Id("summary", section.Heading), section.Heading, Markup.Of(
        $"<dl>{section.Items.OfType<Definition>().Select(item => Markup.Of($"<div><dt>{item.Term}</dt><dd>{item.Text}</dd></div>"))}</dl>\n"));

    private static HtmlSection Behind(IReadOnlyList<Report> reports, SqlCatalog catalog) => new("behind", "Behind the sentences", Markup.Of($"""
        <p class="about">Each sentence and headline figure above is a row that one of these files returns from the data, and appears only where it is true.</p>
        {reports.Select(report => Article(report, catalog, withData: false))}
        """));

    private static Markup Article(Report report, SqlCatalog catalog, bool withData)
    {
        var name = report.File.Name;
        return Markup.Of($"""
            <article id="{name}" aria-labelledby="{name}-h">
            <h3 id="{name}-h">{Title(report)}</h3>
            <p class="about">{report.File["description"]}</p>
            {(withData ? Data(report) : Markup.Empty)}<div class="behind"><a href="{name}.csv">{name}.csv</a>{Elements.Fold("SQL", Sql(report.File, catalog))}</div>
            </article>

            """);
    }

    private static Markup Data(Report report)
    {
        var charts = report.Charts.Select(chart => HtmlChart.Of(chart.Spec, report.Table, report.Formats, Title(report), chart.Name));
        return Markup.Of($"{charts}{HtmlTable.From(report.Table, report.Formats, Title(report), report.Charts.Count > 0 ? FewRows : ManyRows).ToMarkup()}");
    }

    private static Markup Sql(SqlFile file, SqlCatalog catalog)
    {
        var parameters = file.Parameters.Keys.Order(StringComparer.Ordinal).Select(name => $"{name} = {catalog.Parameters[name]}").ToList();
        return Markup.Of($"""
            {Elements.Sql(file.Body)}<p>{file.Path}{(parameters.Count == 0 ? "" : $", with {string.Join(", ", parameters)}")}. It reads {string.Join(", ", file.Sources.Where(source => catalog.Files.Any(f => f.Name == source) || catalog.Schema.Any(s => s.Text.Contains($"CREATE TABLE {source} ", StringComparison.Ordinal))))}.</p>
            """);
    }

    // Headings come from SQL files; an anchor has letters, digits and dashes alone.
    private static string Id(string prefix, string heading) =>
        $"{prefix}-{string.Concat(heading.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'))}";
}
