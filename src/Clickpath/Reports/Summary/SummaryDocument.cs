using Clickpath.Reports.Charts;

namespace Clickpath.Reports.Summary;

/// <summary>Whether something is good or bad news, or neither.</summary>
internal enum Tone
{
    Note,
    Good,
    Bad,
}

/// <summary>What the executive summary says, before it has pages.</summary>
internal sealed record SummaryDocument
{
    public required string Title { get; init; }

    /// <summary>Shop, period, time zone, how far the data goes.</summary>
    public required string Subtitle { get; init; }

    public IReadOnlyList<Figure> Figures { get; init; } = [];

    public IReadOnlyList<SummarySection> Sections { get; init; } = [];
}

/// <summary>A headline figure.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">It, as text.</param>
/// <param name="Change">Against what was before, such as "+12.4% against the week before"; its sign makes the arrow.</param>
/// <param name="Tone">Whether the change is good.</param>
internal sealed record Figure(string Label, string Value, string? Change, Tone Tone);

/// <summary>A part with a heading.</summary>
internal sealed record SummarySection(string Heading, IReadOnlyList<SummaryItem> Items);

/// <summary>What a section is made of.</summary>
internal abstract record SummaryItem;

/// <summary>Running text.</summary>
internal sealed record Paragraph(string Text) : SummaryItem;

/// <summary>A finding, and the report that it is a row of.</summary>
internal sealed record Sentence(Tone Tone, string Text, string? Source = null) : SummaryItem;

/// <summary>A chart; two, one after the other, fill a page.</summary>
internal sealed record ChartItem(ChartSpec Spec, Table Table, ColumnFormats Formats, string Title) : SummaryItem;

/// <summary>The first rows of a table; what is left out is said.</summary>
internal sealed record TableItem(Table Table, ColumnFormats Formats, string Title, int MaxRows) : SummaryItem;

/// <summary>What a term means.</summary>
internal sealed record Definition(string Term, string Text) : SummaryItem;
