using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Clickpath.Reports.Charts;

/// <summary>The kinds of chart.</summary>
internal enum ChartType
{
    Line,
    Bar,
    Stacked,
    Funnel,
    HeatMap,
    Scatter,

    /// <summary>Bars that each begin where the one before ended; a row whose <c>is_total</c> is 1 begins at zero.</summary>
    Waterfall,
}

/// <summary>What a <c>chart:</c> header asks for: <c>bar x=channel y=revenue top=10 title="Revenue by channel"</c>.</summary>
internal sealed partial record ChartSpec
{
    private const int MostCategories = 200;

    private static readonly string[] Types = ["line", "bar", "stacked", "funnel", "heatmap", "scatter", "waterfall"];

    private static readonly string[] Keys = ["x", "y", "value", "series", "facet", "label", "low", "high", "top", "without", "name", "title", "unit"];

    public required ChartType Type { get; init; }

    public required string X { get; init; }

    /// <summary>The measures; of a heat map, the one column that names its rows.</summary>
    public required IReadOnlyList<string> Y { get; init; }

    /// <summary>A heat map's measure.</summary>
    public string? Value { get; init; }

    /// <summary>The column whose values are lines or groups of bars.</summary>
    public string? Series { get; init; }

    /// <summary>The column whose values are small charts side by side.</summary>
    public string? Facet { get; init; }

    /// <summary>The column that names a scatter chart's points.</summary>
    public string? Label { get; init; }

    /// <summary>The columns that hold the ends of each bar's interval.</summary>
    public (string Low, string High)? Interval { get; init; }

    /// <summary>Whether it is made of bars.</summary>
    public bool HasBars => Type is ChartType.Bar or ChartType.Stacked or ChartType.Waterfall;

    /// <summary>A category that is not drawn, as it dwarfs the others; the chart says so.</summary>
    public string? Without { get; init; }

    /// <summary>Shows only so many of the largest categories, and says so; null: all that have room.</summary>
    public int? Top { get; init; }

    /// <summary>The file is <c>chart_{Name}.png</c>; null: the report's name.</summary>
    public string? Name { get; init; }

    /// <summary>The chart's title; null: the report's.</summary>
    public string? Title { get; init; }

    /// <summary>What it shows, for those who do not see it: "Bars of revenue by channel".</summary>
    public string Description
    {
        get
        {
            var kind = Type switch
            {
                ChartType.Line => "Line chart",
                ChartType.Funnel => "Funnel",
                ChartType.HeatMap => "Heat map",
                ChartType.Scatter => "Scatter chart",
                ChartType.Stacked => "Stacked bars",
                ChartType.Waterfall => "Waterfall",
                _ => "Bars",
            };
            return $"{kind} of {string.Join(" and ", (Value is null ? Y : [Value]).Select(Words))} by {Words(X)}";

            static string Words(string column) => ColumnFormats.Label(column).ToLowerInvariant();
        }
    }

    /// <summary>The unit of the measures in words, such as "visits per day"; null: the format's.</summary>
    public string? Unit { get; init; }

    /// <summary>Reads a header's <c>chart:</c> value. Throws <see cref="FormatException"/>, saying what is allowed.</summary>
    public static ChartSpec Parse(string header)
    {
        var words = Words(header);
        var type = words.Count == 0 ? -1 : Array.IndexOf(Types, words[0]);
        if (type < 0)
            throw new FormatException($"a chart begins with its type: {string.Join(", ", Types)}. Found: '{(words.Count == 0 ? "" : words[0])}'");

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words.Skip(1))
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            var key = equals > 0 ? word[..equals] : word;
            if (equals <= 0 || !Keys.Contains(key, StringComparer.Ordinal))
                throw new FormatException($"unknown chart key '{key}'. Allowed, as key=value: {string.Join(", ", Keys)}");
            if (equals == word.Length - 1)
                throw new FormatException($"chart key '{key}' has no value");
            if (!values.TryAdd(key, word[(equals + 1)..]))
                throw new FormatException($"chart key '{key}' is given twice");
        }
        return From((ChartType)type, values);
    }

    private static ChartSpec From(ChartType type, Dictionary<string, string> values)
    {
        var y = Required("y").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (y.Length == 0 || (y.Length > 1 && type is ChartType.HeatMap or ChartType.Funnel or ChartType.Scatter or ChartType.Waterfall))
            throw new FormatException($"a {Types[(int)type]} has one column as y");
        if (type != ChartType.HeatMap && values.ContainsKey("value"))
            throw new FormatException("only a heatmap has a value; the measures of other charts are y");
        if (type != ChartType.Scatter && values.ContainsKey("label"))
            throw new FormatException("only a scatter has a label");
        if (values.ContainsKey("low") != values.ContainsKey("high") || (values.ContainsKey("low") && (type != ChartType.Bar || y.Length > 1)))
            throw new FormatException("low and high go together, on a bar chart of one column: the ends of each bar's interval");
        if (type is ChartType.HeatMap or ChartType.Funnel or ChartType.Waterfall && values.ContainsKey("series"))
            throw new FormatException($"a {Types[(int)type]} has no series; use facet");
        var name = values.GetValueOrDefault("name");
        if (name is not null && !FileStem().IsMatch(name))
            throw new FormatException($"chart name '{name}': only a-z, 0-9 and _ are allowed, at most 60 of them");

        return new ChartSpec
        {
            Type = type,
            X = Required("x"),
            Y = y,
            Value = type == ChartType.HeatMap ? Required("value") : null,
            Series = values.GetValueOrDefault("series"),
            Facet = values.GetValueOrDefault("facet"),
            Label = values.GetValueOrDefault("label"),
            Interval = values.TryGetValue("low", out var low) ? (low, values["high"]) : null,
            Top = values.TryGetValue("top", out var top) ? ParseTop(top) : null,
            Without = values.GetValueOrDefault("without"),
            Name = name,
            Title = values.GetValueOrDefault("title"),
            Unit = values.GetValueOrDefault("unit"),
        };

        string Required(string key) => values.TryGetValue(key, out var value)
            ? value
            : throw new FormatException($"a {Types[(int)type]} needs {key}=column");
    }

    private static int ParseTop(string text)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var top) && top is >= 1 and <= MostCategories
            ? top
            : throw new FormatException($"top={text}: a whole number from 1 to {MostCategories} is allowed");

    // Words are parted by spaces, outside of double quotes.
    private static List<string> Words(string header)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quoted = false;
        foreach (var c in header)
        {
            if (c == '"')
                quoted = !quoted;
            else if (!quoted && char.IsWhiteSpace(c))
                Flush();
            else
                word.Append(c);
        }
        if (quoted)
            throw new FormatException("a chart's double quote is not closed");
        Flush();
        return words;

        void Flush()
        {
            if (word.Length > 0)
                words.Add(word.ToString());
            word.Clear();
        }
    }

    [GeneratedRegex("^[a-z0-9_]{1,60}$", RegexOptions.CultureInvariant)]
    private static partial Regex FileStem();
}
