using System.Globalization;

namespace Clickpath.Reports;

/// <summary>What a column's values are.</summary>
internal enum FormatKind
{
    /// <summary>No format was given: text as it is, whole numbers grouped, fractions with up to 6 decimals.</summary>
    None,
    Money,
    Percent,
    Integer,
    Decimal,
    Date,

    /// <summary>Seconds, read as "2 h 05 min".</summary>
    Duration,
    Text,
}

/// <summary>How one column reads.</summary>
/// <param name="Kind">What its values are.</param>
/// <param name="Decimals">The decimals that people see; null: the kind's own.</param>
internal readonly record struct Format(FormatKind Kind, int? Decimals);

/// <summary>How a report's columns read, in tables, charts and CSVs. The same everywhere: no locale takes part.</summary>
internal sealed class ColumnFormats
{
    public const int MaxDecimals = 8;

    private const string Allowed = "money, percent, integer, decimal, date, duration, text; then, where it has any, the decimals (0 to 8): "
        + "'revenue money, conversion_rate percent 1, depth 2'";

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private readonly Dictionary<string, Format> _formats;

    private ColumnFormats(Dictionary<string, Format> formats) => _formats = formats;

    public static ColumnFormats None { get; } = new(new Dictionary<string, Format>(StringComparer.Ordinal));

    /// <summary>The ISO 4217 code that money for people is written with, such as "USD"; null: plain numbers.</summary>
    public string? Currency { get; init; }

    /// <summary>The columns that have a format, with it.</summary>
    public IReadOnlyDictionary<string, Format> Columns => _formats;

    /// <summary>The same formats, with another currency.</summary>
    public ColumnFormats In(string? currency) => new(_formats) { Currency = currency };

    /// <summary>Reads a header's <c>format:</c> value. Throws <see cref="FormatException"/>, saying what is allowed.</summary>
    public static ColumnFormats Parse(string header)
    {
        var formats = new Dictionary<string, Format>(StringComparer.Ordinal);
        foreach (var part in header.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = part.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length is < 2 or > 3)
                throw new FormatException($"'{part}' is no column and format. Allowed: a column, then {Allowed}");
            if (!formats.TryAdd(words[0], ParseOne(part, words.AsSpan(1))))
                throw new FormatException($"'{words[0]}' has two formats. Give one");
        }
        return new ColumnFormats(formats);
    }

    /// <summary>The format of a column; kind None where it has none.</summary>
    public Format this[string column] => _formats.GetValueOrDefault(column);

    /// <summary>A value as people read it; "–" where there is none.</summary>
    public string Text(string column, object? value)
    {
        var format = this[column];
        switch (value)
        {
            case null: return "–";
            case string text: return text;
            case double number when !double.IsFinite(number): return "–";
        }
        var n = Convert.ToDouble(value, Culture);
        return format.Kind switch
        {
            FormatKind.Money => Money(Rounding.Fixed(value, format.Decimals ?? 2, grouped: true)),
            FormatKind.Percent => Rounding.Percent(n, format.Decimals ?? 1, format.Decimals ?? 1) + "%",
            FormatKind.Integer => Rounding.Fixed(value, 0, grouped: true),
            FormatKind.Decimal => Rounding.Fixed(value, format.Decimals ?? 2, grouped: true),
            FormatKind.Duration => Duration(n),
            FormatKind.Date or FormatKind.Text => CsvText(column, value),
            _ => value is long whole ? Rounding.Fixed(whole, 0, grouped: true) : Rounding.Shortest(n, 6, grouped: true),
        };
    }

    /// <summary>A value as a CSV has it: a plain number, no sign of a currency, no grouping; empty where there is none.</summary>
    public string CsvText(string column, object? value)
    {
        var format = this[column];
        switch (value)
        {
            case null: return "";
            case string text: return text;
            case double number when !double.IsFinite(number): return "";
        }
        return format.Kind switch
        {
            FormatKind.Money => Rounding.Fixed(value, format.Decimals ?? 2, grouped: false),
            FormatKind.Percent => Rounding.Fixed(value, format.Decimals + 2 ?? 4, grouped: false),
            FormatKind.Integer => Rounding.Fixed(value, 0, grouped: false),
            FormatKind.Decimal => Rounding.Fixed(value, format.Decimals ?? 2, grouped: false),
            _ => value is long whole ? whole.ToString(Culture) : Rounding.Shortest(Convert.ToDouble(value, Culture), 6, grouped: false),
        };
    }

    /// <summary>A value in a few characters, for an axis or a bar: "12k", "1.2M", "$340", "4.5%".</summary>
    /// <param name="column">The column whose format it has.</param>
    /// <param name="value">The value.</param>
    /// <param name="largest">The largest value beside it, whose letter it shares; null: its own.</param>
    public string Compact(string column, double value, double? largest = null)
    {
        if (!double.IsFinite(value))
            return "–";
        // Labels beside each other have as many decimals; an axis has those that its steps need.
        var decimals = this[column].Decimals ?? (Math.Abs(value) < 0.01 ? 2 : 1);
        return this[column].Kind switch
        {
            FormatKind.Money => Money(Short(value, largest ?? value)),
            FormatKind.Percent => (largest is null ? Rounding.Percent(value, decimals, decimals) : Rounding.Percent(value, 0, 3)) + "%",
            FormatKind.Duration => Duration(value),
            _ => Short(value, largest ?? value),
        };
    }

    /// <summary>The unit that an axis of this column names: the currency, "%", or nothing.</summary>
    public string? Unit(string column) => this[column].Kind switch
    {
        FormatKind.Money => Currency,
        FormatKind.Percent => "%",
        _ => null,
    };

    /// <summary>A column's name in words: "avg_order_value" is "Avg order value".</summary>
    public static string Label(string column)
    {
        var words = column.Replace('_', ' ').Trim();
        return words.Length == 0 ? column : char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static Format ParseOne(string part, ReadOnlySpan<string> words)
    {
        if (int.TryParse(words[0], NumberStyles.None, Culture, out var alone) && words.Length == 1)
            return new Format(FormatKind.Decimal, Decimals(part, alone));
        if (!Enum.TryParse<FormatKind>(words[0], ignoreCase: true, out var kind) || kind == FormatKind.None || char.IsAsciiDigit(words[0][0]))
            throw new FormatException($"unknown format '{words[0]}' in '{part}'. Allowed: {Allowed}");
        if (words.Length == 1)
            return new Format(kind, null);
        if (kind is not (FormatKind.Money or FormatKind.Percent or FormatKind.Decimal) || !int.TryParse(words[1], NumberStyles.None, Culture, out var decimals))
            throw new FormatException($"'{words[1]}' is no number of decimals for {words[0]} in '{part}'. Allowed: {Allowed}");
        return new Format(kind, Decimals(part, decimals));
    }

    private static int Decimals(string part, int decimals) => decimals <= MaxDecimals
        ? decimals
        : throw new FormatException($"too many decimals in '{part}'. Allowed: {Allowed}");

    /// <summary>Puts the currency's sign, or its code where it has no sign of its own, to a formatted number.</summary>
    private string Money(string number)
    {
        if (Currency is null)
            return number;
        var (sign, digits) = number.StartsWith('−') ? ("−", number[1..]) : ("", number);
        return Currency switch
        {
            "USD" => $"{sign}${digits}",
            "EUR" => $"{sign}€{digits}",
            "GBP" => $"{sign}£{digits}",
            "JPY" => $"{sign}¥{digits}",
            "INR" => $"{sign}₹{digits}",
            _ => $"{sign}{Currency}\u00A0{digits}",
        };
    }

    // The steps are where rounding to three digits would reach the next letter: 999,600 is 1M, not 1000k.
    private static string Short(double value, double largest) => Math.Abs(value) < 1e-12 ? "0" : Math.Abs(largest) switch
    {
        >= 999.5e9 => Rounding.Digits(value / 1e12) + "T",
        >= 999.5e6 => Rounding.Digits(value / 1e9) + "B",
        >= 999.5e3 => Rounding.Digits(value / 1e6) + "M",
        >= 9999.5 => Rounding.Digits(value / 1e3) + "k",
        >= 999.5 => Rounding.Fixed(value, 0, grouped: true),
        _ => Rounding.Digits(value),
    };

    private static string Duration(double seconds)
    {
        var sign = seconds < 0 ? "−" : "";
        var total = Math.Abs(seconds);
        if (total < 59.5)
            return sign + Rounding.Shortest(total, total < 10 ? 1 : 0, grouped: false) + " s";
        if (total >= 1e15)
            return sign + Rounding.Shortest(total / 86400, 0, grouped: true) + " d";
        var s = (long)Math.Round(total, MidpointRounding.AwayFromZero);
        if (s < 3600)
            return string.Create(Culture, $"{sign}{s / 60} min{(s % 60 == 0 ? "" : $" {s % 60:00} s")}");
        var minutes = (s + 30) / 60;
        if (minutes < 48 * 60)
            return string.Create(Culture, $"{sign}{minutes / 60} h{(minutes % 60 == 0 ? "" : $" {minutes % 60:00} min")}");
        var hours = (minutes + 30) / 60;
        return string.Create(Culture, $"{sign}{hours / 24:#,0} d{(hours % 24 == 0 ? "" : $" {hours % 24} h")}");
    }
}
