using System.Globalization;

namespace Clickpath.Reports;

/// <summary>Numbers as text: half away from zero, over decimals, so that 0.125 and 2.675 round as on paper on every machine.</summary>
internal static class Rounding
{
    private const double DecimalRange = 1e27;

    /// <summary>A number with exactly so many decimals. A grouped one is for people, with a real minus sign.</summary>
    public static string Fixed(object value, int decimals, bool grouped) => value is long whole
        ? Write((decimal)whole, decimals, decimals, grouped)
        : Fixed(Convert.ToDouble(value, CultureInfo.InvariantCulture), decimals, grouped);

    /// <inheritdoc cref="Fixed(object, int, bool)"/>
    public static string Fixed(double value, int decimals, bool grouped) => Write(value, decimals, decimals, grouped);

    /// <summary>A number with at most so many decimals, without trailing zeros.</summary>
    public static string Shortest(double value, int decimals, bool grouped) => Write(value, 0, decimals, grouped);

    /// <summary>A fraction as a percentage, without its sign.</summary>
    public static string Percent(double value, int least, int most)
        => Math.Abs(value) >= DecimalRange ? Write(value * 100, least, most, grouped: true) : Write(Exact(value) * 100, least, most, grouped: true);

    /// <summary>A number below 1000 in three significant digits or so, without trailing zeros.</summary>
    public static string Digits(double value) => Math.Abs(value) switch
    {
        >= 99.95 or 0 => Shortest(value, 0, grouped: true),
        >= 9.995 => Shortest(value, 1, grouped: true),
        >= 0.0995 => Shortest(value, 2, grouped: true),
        _ => Shortest(value, 6, grouped: true),
    };

    private static string Write(double value, int least, int most, bool grouped)
    {
        // Beyond decimal's range there are no fractions to round.
        if (Math.Abs(value) >= DecimalRange)
            return value.ToString("R", CultureInfo.InvariantCulture);
        return Write(Exact(value), least, most, grouped);
    }

    // The shortest text that is this double, not its binary expansion, is what a person sees and rounds.
    private static decimal Exact(double value)
        => decimal.Parse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Write(decimal value, int least, int most, bool grouped)
    {
        var rounded = Math.Round(value, most, MidpointRounding.AwayFromZero);
        var pattern = (grouped ? "#,0" : "0") + (most == 0 ? "" : "." + new string('0', least) + new string('#', most - least));
        var text = Math.Abs(rounded).ToString(pattern, CultureInfo.InvariantCulture);
        return rounded >= 0 ? text : (grouped ? "−" : "-") + text;
    }
}
