using System.Globalization;
using Clickpath.Reports.Fonts;

namespace Clickpath.Reports.Charts;

/// <summary>What a chart's x column holds, by its values.</summary>
internal enum XKind
{
    Category,
    Date,
    Number,
}

/// <summary>One point, bar or cell.</summary>
/// <param name="Category">The index of its category.</param>
/// <param name="X">Its place along x: a day number, a number, or the index of its category.</param>
/// <param name="Y">Its value; NaN is a gap.</param>
/// <param name="Partial">It covers a part of its day only.</param>
/// <param name="Label">Its name, of a scatter chart's point.</param>
internal sealed record Mark(int Category, double X, double Y, bool Partial, string Label)
{
    /// <summary>The ends of its interval; NaN where it has none.</summary>
    public (double Low, double High) Interval { get; init; } = (double.NaN, double.NaN);

    /// <summary>A waterfall's bar from zero.</summary>
    public bool Total { get; init; }
}

/// <summary>A line, the bars of one colour, or a heat map's row.</summary>
internal sealed record Group(string Name, int Color, string Column, IReadOnlyList<Mark> Marks);

/// <summary>One plot: the whole chart, or one of its small multiples.</summary>
internal sealed record Panel(string? Title, string Column, IReadOnlyList<Group> Groups)
{
    public IEnumerable<Mark> Marks => Groups.SelectMany(group => group.Marks);
}

/// <summary>A table's rows as a chart's marks: sorted, cut, and with words for what was left out.</summary>
internal sealed record ChartData
{
    private const int MostGroups = 8;
    private const int MostPanels = 12;
    private const int MostDays = 4000;
    private const double LargestDrawable = 1e200;
    private const int LabelLength = 300;
    private const string PartialColumn = "is_partial";
    private const string TotalColumn = "is_total";

    public required XKind Kind { get; init; }

    public required IReadOnlyList<string> Categories { get; init; }

    public required IReadOnlyList<Panel> Panels { get; init; }

    /// <summary>What is not shown, in words.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Why there is nothing to draw, in words; null: there is something.</summary>
    public string? Nothing { get; private init; }

    public bool HasPartial => Panels.SelectMany(panel => panel.Marks).Any(mark => mark.Partial && double.IsFinite(mark.Y));

    /// <summary>Reads a table. Throws <see cref="FormatException"/> where it lacks a column of the spec.</summary>
    public static ChartData From(ChartSpec spec, Table table, ColumnFormats formats)
    {
        var rows = Read(spec, table, formats);
        var data = Arrange(spec, rows, formats, KindOf(spec, table));
        var values = rows.Where(row => double.IsFinite(row.Y)).ToList();
        data = data with { Nothing = values.Count == 0 ? "Nothing in this period matches." : values.TrueForAll(row => row.Y == 0) ? "Every value in this period is zero." : null };
        if (spec.HasBars && data.Kind == XKind.Category)
            data = data.Bare(spec);
        if (spec.Type != ChartType.HeatMap)
            data = data.KeepGroups(spec.Series is null || spec.Top is null || spec.Type != ChartType.Line ? MostGroups : Math.Min(MostGroups, spec.Top.Value), spec);
        else if (spec.Top is { } rowsShown)
            data = data.KeepGroups(rowsShown, spec);
        if (spec.Top is { } top && (spec.HasBars || spec.Type == ChartType.Funnel))
            data = data.KeepCategories(top, largest: true, spec);
        return data.Panels.Count <= MostPanels ? data : data with
        {
            Panels = [.. data.Panels.Take(MostPanels)],
            Notes = [.. data.Notes, Counted("first", MostPanels, data.Panels.Count, spec.Facet)],
        };
    }

    /// <summary>Leaves so many categories, the largest or the first, in their order, and notes it.</summary>
    public ChartData KeepCategories(int count, bool largest, ChartSpec spec)
    {
        if (Categories.Count <= count)
            return this;
        var totals = Totals();
        var kept = Enumerable.Range(0, Categories.Count);
        if (largest)
            kept = kept.OrderByDescending(category => totals[category]).ThenBy(category => category);
        var order = kept.Take(count).Order().ToList();
        var word = largest ? "top" : "first";
        return Reordered(order) with
        {
            Notes = [.. Notes, Counted(word, count, Categories.Count, spec.X) + (word == "top" ? $" by {Quantity(spec)}" : "")],
        };
    }

    // Leaves out what is not to be drawn, and categories without any value.
    private ChartData Bare(ChartSpec spec)
    {
        var valued = Panels.SelectMany(panel => panel.Marks).Where(mark => double.IsFinite(mark.Y)).Select(mark => mark.Category).ToHashSet();
        var bare = Enumerable.Range(0, Categories.Count).Count(category => !valued.Contains(category));
        if (spec.Without is not null)
            valued.RemoveWhere(category => Categories[category] == spec.Without);
        var notes = new List<string>(Notes);
        if (spec.Without is { } left && Categories.Contains(left))
            notes.Add($"without {left}");
        if (bare > 0 && valued.Count > 0)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{bare} without a value left out"));
        return valued.Count == Categories.Count || valued.Count == 0 ? this : Reordered([.. valued.Order()]) with { Notes = notes };
    }

    /// <summary>Leaves so many heat map rows or groups, the largest in total, in their order, and notes it.</summary>
    public ChartData KeepGroups(int count, ChartSpec spec)
    {
        var names = Panels.SelectMany(panel => panel.Groups).GroupBy(group => group.Color).OrderBy(group => group.Key).ToList();
        if (names.Count <= count)
            return this;
        var kept = names.OrderByDescending(group => group.SelectMany(g => g.Marks).Sum(Size)).ThenBy(group => group.Key)
            .Take(count).Select(group => group.Key).Order().ToList();
        return this with
        {
            Panels = [.. Panels.Select(panel => panel with
            {
                Groups = [.. panel.Groups.Where(group => kept.Contains(group.Color)).Select(group => group with { Color = kept.IndexOf(group.Color) })],
            })],
            Notes = [.. Notes, Counted("top", count, names.Count, spec.Type == ChartType.HeatMap ? spec.Y[0] : spec.Series) + $" by {Quantity(spec)}"],
        };
    }

    private static string Quantity(ChartSpec spec) => ColumnFormats.Label(spec.Value ?? spec.Y[0]).ToLowerInvariant();

    private static string Counted(string word, int shown, int all, string? column)
        => string.Create(CultureInfo.InvariantCulture, $"{(column is null ? "" : ColumnFormats.Label(column) + ": ")}{word} {shown} of {all}");

    private static double Size(Mark mark) => double.IsFinite(mark.Y) ? Math.Abs(mark.Y) : 0;

    private sealed record Row(string X, double XNumber, string Facet, string Series, string Column, double Y, bool Partial, string Label, (double Low, double High) Interval, bool Total);

    private static List<Row> Read(ChartSpec spec, Table table, ColumnFormats formats)
    {
        var x = table.IndexOf(spec.X);
        var measures = (spec.Value is null ? spec.Y : [spec.Value]).Select(column => (Column: column, Index: table.IndexOf(column))).ToList();
        var seriesColumn = spec.Value is null ? spec.Series : spec.Y[0];
        var partial = table.TryIndexOf(PartialColumn);
        var total = table.TryIndexOf(TotalColumn);
        var rows = new List<Row>();
        foreach (var row in table.Rows)
            foreach (var (column, index) in measures)
            {
                if (spec.Type == ChartType.HeatMap && double.IsNaN(Table.Number(row[index])))
                    continue; // a row or column of the map without any value is none
                var series = Cell(seriesColumn, row);
                var name = seriesColumn is null ? ColumnFormats.Label(column)
                    : measures.Count == 1 ? series
                    : $"{series}: {ColumnFormats.Label(column)}";
                rows.Add(new Row(Cell(spec.X, row), NumberOf(row[x]), Cell(spec.Facet, row), name, column, Drawable(Table.Number(row[index])),
                    partial >= 0 && Table.Number(row[partial]) == 1, Cell(spec.Label, row),
                    spec.Interval is { } ends ? (Drawable(Table.Number(row[table.IndexOf(ends.Low)])), Drawable(Table.Number(row[table.IndexOf(ends.High)]))) : (double.NaN, double.NaN),
                    total >= 0 && Table.Number(row[total]) == 1));
            }
        return rows;

        string Cell(string? column, object?[] row)
        {
            if (column is null)
                return "";
            var value = row[table.IndexOf(column)];
            // Years, hours and ids are named, not counted: no grouping of digits where no format asks for it.
            var text = formats[column].Kind == FormatKind.None ? formats.CsvText(column, value) : formats.Text(column, value);
            return value is null ? "(none)" : text.Length == 0 ? "(empty)" : Lettering.Clean(text, LabelLength);
        }
    }

    private static double NumberOf(object? value)
        => value is string text ? Day(text)?.DayNumber ?? double.NaN : Drawable(Table.Number(value));

    // A sum or difference of what is larger might not be a number.
    private static double Drawable(double value) => Math.Abs(value) < LargestDrawable ? value : double.NaN;

    private static DateOnly? Day(string text)
        => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static XKind KindOf(ChartSpec spec, Table table)
    {
        var x = table.IndexOf(spec.X);
        if (table.Rows.Count == 0 || spec.Type is ChartType.Funnel or ChartType.HeatMap)
            return XKind.Category;
        if (table.Rows.All(row => row[x] is string text && Day(text) is not null))
        {
            var days = table.Rows.Select(row => Day((string)row[x]!)!.Value.DayNumber).ToList();
            return days.Max() - days.Min() <= MostDays ? XKind.Date : XKind.Category;
        }
        return spec.Type == ChartType.Scatter || table.Rows.All(row => double.IsFinite(Table.Number(row[x]))) ? XKind.Number : XKind.Category;
    }

    private static ChartData Arrange(ChartSpec spec, List<Row> rows, ColumnFormats formats, XKind kind)
    {
        var bars = spec.HasBars;
        var categories = new List<string>();
        var index = new Dictionary<(string, int), int>();
        var (firstDay, step) = bars && kind == XKind.Date ? DaySteps(rows) : default;
        if (bars && kind == XKind.Date)
            for (var day = firstDay; day <= rows.Max(row => row.XNumber); day += step)
                CategoryOf(DateOnly.FromDayNumber((int)day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), 0);

        // Measures of one kind share a plot; money beside counts would share an axis that fits neither.
        var apart = spec.Facet is null && rows.Select(row => formats[row.Column].Kind).Distinct().Count() > 1;
        var colors = new Dictionary<string, int>(StringComparer.Ordinal);
        var panels = new List<Panel>();
        foreach (var panelRows in rows.GroupBy(row => apart ? row.Column : row.Facet))
        {
            var groups = new List<Group>();
            foreach (var groupRows in panelRows.GroupBy(row => (row.Series, row.Column)))
            {
                colors.TryAdd(groupRows.Key.Series, colors.Count);
                var seen = new Dictionary<string, int>(StringComparer.Ordinal);
                var marks = new List<Mark>();
                foreach (var row in groupRows)
                {
                    // Two rows of one name (two products called alike) are two bars, not one upon the other.
                    var repeat = seen[row.X] = seen.GetValueOrDefault(row.X, -1) + 1;
                    var category = CategoryOf(row.X, bars && kind == XKind.Date ? 0 : repeat);
                    marks.Add(new Mark(category, bars || kind == XKind.Category ? category : row.XNumber, row.Y, row.Partial, row.Label) { Interval = row.Interval, Total = row.Total });
                }
                if (spec.Type == ChartType.Line && kind != XKind.Category)
                    marks = [.. marks.OrderBy(mark => mark.X)];
                groups.Add(new Group(groupRows.Key.Series, colors[groupRows.Key.Series], groupRows.Key.Column, marks));
            }
            panels.Add(new Panel(apart ? ColumnFormats.Label(panelRows.Key) : spec.Facet is null ? null : panelRows.Key, panelRows.First().Column, groups));
        }
        return new ChartData { Kind = kind, Categories = categories, Panels = panels };

        int CategoryOf(string name, int repeat)
        {
            if (index.TryGetValue((name, repeat), out var known))
                return known;
            categories.Add(name);
            return index[(name, repeat)] = categories.Count - 1;
        }
    }

    // The first day and the days between bars, so that a missing day is a gap, and weeks are not seven times too thin.
    private static (double First, double Step) DaySteps(List<Row> rows)
    {
        var first = rows.Min(row => row.XNumber);
        var step = rows.Select(row => (int)(row.XNumber - first)).Aggregate(0, Divisor);
        return (first, Math.Max(step, 1));

        static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);
    }

    private double[] Totals()
    {
        var totals = new double[Categories.Count];
        foreach (var mark in Panels.SelectMany(panel => panel.Marks))
            totals[mark.Category] += double.IsFinite(mark.Y) ? mark.Y : 0;
        return totals;
    }

    private ChartData Reordered(List<int> order)
    {
        var place = Enumerable.Range(0, order.Count).ToDictionary(i => order[i]);
        return this with
        {
            Categories = [.. order.Select(category => Categories[category])],
            Panels = [.. Panels.Select(panel => panel with
            {
                Groups = [.. panel.Groups.Select(group => group with
                {
                    Marks = [.. group.Marks.Where(mark => place.ContainsKey(mark.Category)).Select(mark => mark with { Category = place[mark.Category], X = place[mark.Category] })],
                })],
            })],
        };
    }
}
