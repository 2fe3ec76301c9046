using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;

namespace Clickpath.Reports.Charts;

/// <summary>An axis with the labels that it is given, at the places that it is given: none overlap, for they were measured.</summary>
internal sealed class TickAxis : LinearAxis
{
    private readonly List<double> _ticks;

    public TickAxis(AxisPosition position, double minimum, double maximum, IReadOnlyList<Tick> ticks, bool gridlines)
    {
        _ticks = [.. ticks.Select(tick => tick.At)];
        var texts = ticks.GroupBy(tick => tick.At).ToDictionary(same => same.Key, same => same.First().Text);
        Position = position;
        Minimum = minimum;
        Maximum = maximum;
        MinimumPadding = MaximumPadding = 0;
        LabelFormatter = value => texts.GetValueOrDefault(value, "");
        MajorGridlineStyle = gridlines ? LineStyle.Solid : LineStyle.None;
        MajorGridlineColor = Palette.Grid.Oxy();
        MajorGridlineThickness = 1;
        TickStyle = TickStyle.None;
        AxislineStyle = LineStyle.None;
        AxisTickToLabelDistance = position == AxisPosition.Bottom ? Ticks.GapBelow : Ticks.Gap;
        FontSize = Ticks.Size;
        TextColor = Palette.Muted.Oxy();
    }

    public override void GetTickValues(out IList<double> majorLabelValues, out IList<double> majorTickValues, out IList<double> minorTickValues)
    {
        majorLabelValues = _ticks;
        majorTickValues = _ticks;
        minorTickValues = [];
    }
}

/// <summary>A place on an axis, and what it says there.</summary>
internal readonly record struct Tick(double At, string Text);

/// <summary>A range of values with round ticks.</summary>
internal sealed record ValueScale(double Minimum, double Maximum, IReadOnlyList<Tick> Ticks);

/// <summary>Chooses ticks.</summary>
internal static class Ticks
{
    /// <summary>The size of an axis's labels, and their distance from the plot.</summary>
    public const float Size = 11;
    public const float Gap = 6;

    /// <summary>More below a plot, where the first label stands under the vertical axis's last one.</summary>
    public const float GapBelow = 10;

    /// <summary>Where values begin below this share of their largest, zero is in view although nothing asks for it.</summary>
    private const double NearZero = 0.7;

    private static readonly int[] DaySteps = [1, 2, 7, 14];
    private static readonly int[] MonthSteps = [1, 2, 3, 6, 12, 24, 60, 120];

    /// <summary>A scale for values, with about so many round ticks.</summary>
    /// <param name="values">What is to be shown; NaN is left out.</param>
    /// <param name="column">The column whose format the ticks have.</param>
    /// <param name="formats">The formats.</param>
    /// <param name="count">About how many ticks there is room for.</param>
    /// <param name="fromZero">Lengths are compared, so zero is in view.</param>
    public static ValueScale Values(IEnumerable<double> values, string column, ColumnFormats formats, int count, bool fromZero)
    {
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        double low = finite.Min(), high = finite.Max();
        if (fromZero || (low > 0 && low < NearZero * high) || (high < 0 && high > NearZero * low))
            (low, high) = (Math.Min(low, 0), Math.Max(high, 0));
        var unit = formats[column].Kind == FormatKind.Percent ? 0.01 : 1;
        if (high - low <= Math.Max(Math.Abs(high), Math.Abs(low)) * 1e-9)
            (low, high) = (Math.Min(low, 0), low == 0 ? unit : Math.Max(high, 0));

        var step = Step((high - low) / Math.Max(count, 1));
        if (formats[column].Kind == FormatKind.Integer)
            step = Math.Max(step, 1);
        var first = Math.Floor(low / step + 1e-9);
        var last = Math.Ceiling(high / step - 1e-9);
        var largest = Math.Max(Math.Abs(first * step), Math.Abs(last * step));
        var ticks = new List<Tick>();
        for (var i = first; i <= last && ticks.Count < 50; i++)
            ticks.Add(new Tick(i * step, formats.Compact(column, i * step, largest)));
        return new ValueScale(first * step, last * step, ticks);
    }

    /// <summary>Days or months, so few that their labels do not touch.</summary>
    /// <param name="first">The first day, as a day number.</param>
    /// <param name="last">The last.</param>
    /// <param name="width">The width that they share.</param>
    public static IReadOnlyList<Tick> Days(int first, int last, double width)
    {
        const double room = 52;
        var days = last - first;
        var most = Math.Max(1, (int)(width / room));
        foreach (var step in DaySteps)
            if (days / step + 1 <= most)
                return Labelled(Enumerable.Range(0, days / step + 1).Select(i => DateOnly.FromDayNumber(first + i * step)), "d MMM");
        var start = DateOnly.FromDayNumber(first);
        var month = new DateOnly(start.Year, start.Month, 1);
        if (month < start)
            month = month.AddMonths(1);
        foreach (var step in MonthSteps)
        {
            var months = new List<DateOnly>();
            for (var at = month; at.DayNumber <= last; at = at.AddMonths(step))
                months.Add(at);
            if (months.Count <= most && months.Count > 0)
                return Labelled(months, "MMM");
        }
        return Labelled([start], "d MMM");
    }

    /// <summary>Every category, or every second, third ... so that labels of this width do not touch.</summary>
    public static IReadOnlyList<Tick> Categories(IReadOnlyList<string> names, double width)
    {
        var widest = names.Count == 0 ? 0 : names.Max(name => Lettering.Width(name));
        var each = Math.Max(1, (int)Math.Ceiling((widest + 12) * names.Count / Math.Max(width, 1)));
        return [.. Enumerable.Range(0, names.Count).Where(i => i % each == 0).Select(i => new Tick(i, names[i]))];
    }

    public static Fonts.Lettering Lettering => new(Size);

    // 1, 2, 2.5 or 5 times a power of ten.
    private static double Step(double least)
    {
        if (!(least > 0) || !double.IsFinite(least))
            return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        foreach (var factor in (double[])[1, 2, 2.5, 5])
            if (factor * power >= least * (1 - 1e-9))
                return factor * power;
        return 10 * power;
    }

    // The year is said once, and again where it changes.
    private static List<Tick> Labelled(IEnumerable<DateOnly> days, string pattern)
    {
        var ticks = new List<Tick>();
        var year = 0;
        foreach (var day in days)
        {
            var text = day.ToString(pattern, CultureInfo.InvariantCulture);
            ticks.Add(new Tick(day.DayNumber, day.Year == year ? text : string.Create(CultureInfo.InvariantCulture, $"{text}\n{day.Year:0000}")));
            year = day.Year;
        }
        return ticks;
    }
}
