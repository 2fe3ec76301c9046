using System.Globalization;
using Clickpath.Reports;
using Clickpath.Reports.Charts;
using Clickpath.Reports.Summary;
using Clickpath.Sql;

namespace Clickpath.Stages;

/// <summary>Puts the executive summary together from the reports: what it says is what the files of <c>sql/analyze</c> return.</summary>
internal static class Summary
{
    private const int TableRows = 10;

    // Where a sentence goes by its tone; a note goes under its file's own section.
    private static readonly string[] Headings = ["What happened", "What is working", "What is concerning", "What to do next", "How far the data can be trusted"];

    /// <summary>Whether a report is in it.</summary>
    public static bool Has(SqlFile report) => report["kind"] is "insight" or "figures" || report["order"] is not null;

    public static SummaryDocument Of(string title, IReadOnlyList<Report> reports)
    {
        var sentences = reports.Where(r => r.File["kind"] == "insight").SelectMany(Sentences).ToList();
        var sections = Headings.Select(heading => new SummarySection(
            heading, [.. sentences.Where(s => s.Heading == heading).Select(s => new Sentence(s.Tone, s.Text, s.Source))])).Where(s => s.Items.Count > 0).ToList();
        var figures = reports.Where(r => r.File["order"] is not null && HasSomething(r)).OrderBy(r => int.Parse(r.File["order"]!, CultureInfo.InvariantCulture)).ThenBy(r => r.File.Name, StringComparer.Ordinal).ToList();
        if (figures.Count > 0)
            sections.Add(new SummarySection("Figures", [.. figures.SelectMany(Pictures)]));
        foreach (var section in sentences.Where(s => s.Heading == "Definitions").GroupBy(s => s.Heading))
            sections.Add(new SummarySection(section.Key, [.. section.Select(s => Term(s.Text))]));
        return new SummaryDocument
        {
            Title = title,
            Subtitle = string.Join(" ", sentences.Where(s => s.Heading == "Subtitle").Select(s => s.Text)),
            Figures = [.. reports.Where(r => r.File["kind"] == "figures").SelectMany(Figures)],
            Sections = sections,
        };
    }

    private static IEnumerable<(string Heading, Tone Tone, string Text, string Source)> Sentences(Report report)
    {
        var (file, table, formats) = report;
        var (tone, sentence) = (Required(file, table, "tone"), Required(file, table, "sentence"));
        foreach (var row in table.Rows)
        {
            var (heading, said) = row[tone] switch
            {
                "good" => ("What is working", Tone.Good),
                "bad" => ("What is concerning", Tone.Bad),
                "note" => (file["section"]!, Tone.Note),
                var other => throw file.Error($"tone is '{other}'. It is good, bad or note."),
            };
            yield return (heading, said, CheckResult.Fill(file, (string)row[sentence]!, table, row, formats), file.Name);
        }
    }

    internal static IEnumerable<Figure> Figures(Report report)
    {
        var (file, table, reportFormats) = report;
        var (label, value, unit, change, better) = (Required(file, table, "label"), Required(file, table, "value"), Required(file, table, "unit"), Required(file, table, "change"), Required(file, table, "is_more_better"));
        var certain = table.TryIndexOf("is_beyond_chance");
        foreach (var row in table.Rows)
        {
            var formats = Unit(file, row[unit]).In(reportFormats.Currency);
            var moved = row[change] as double?;
            var chance = certain >= 0 && row[certain] is not 1L;
            yield return new Figure(
                (string)row[label]!,
                row[value] is null ? "none" : formats.Text("value", row[value]),
                moved is null ? null : $"{(moved > 0 ? "+" : "")}{formats.Text("change", moved)} week on week{(chance ? ", within chance" : "")}",
                moved is null or 0 || chance ? Tone.Note : moved > 0 == row[better] is 1L ? Tone.Good : Tone.Bad);
        }
    }

    private static ColumnFormats Unit(SqlFile file, object? unit)
    {
        try
        {
            return ColumnFormats.Parse($"value {unit}, change percent 1");
        }
        catch (FormatException)
        {
            throw file.Error($"unit is '{unit}'. It is a format: money, percent, integer, decimal, date, duration, text; then, where it has any, the decimals.");
        }
    }

    // A picture of nothing is no figure for an executive; it stands in the page.
    private static bool HasSomething(Report report) => report.Table.Rows.Count > 0
        && (report.Charts.Count == 0 || ChartData.From(report.Charts[0].Spec, report.Table, report.Formats).Nothing is null);

    private static IEnumerable<SummaryItem> Pictures(Report report)
    {
        return report.Charts.Count > 0
            ? report.Charts.Take(1).Select(chart => new ChartItem(chart.Spec, report.Table, report.Formats, report.File["title"]!))
            : [new TableItem(report.Table, report.Formats, report.File["title"]!, TableRows)];
    }

    // 'Order: a purchase event that was kept.'
    private static Definition Term(string sentence) =>
        sentence.Split(": ", 2) is [var term, var text] ? new Definition(term, text) : new Definition("", sentence);

    private static int Required(SqlFile file, Table table, string column) => table.TryIndexOf(column) is var i and >= 0 ? i
        : throw file.Error($"the column '{column}' is missing; kind {file["kind"]} needs it.");
}
