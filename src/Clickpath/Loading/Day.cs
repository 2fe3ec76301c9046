using System.Globalization;

namespace Clickpath.Loading;

/// <summary>Calendar days as numbers: days since 1970-01-01.</summary>
internal static class Day
{
    /// <summary>No day.</summary>
    public const int None = int.MinValue;

    private static readonly int Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    public static int Of(DateOnly date) => date.DayNumber - Epoch;

    public static DateOnly Date(int day) => DateOnly.FromDayNumber(day + Epoch);

    /// <summary>ISO, <c>2025-02-23</c>.</summary>
    public static string Iso(int day) => Date(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The day of an ISO date that <see cref="Iso"/> has written.</summary>
    public static int OfIso(string iso) => Of(DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>The day of a text that is an ISO date; false where it is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out int day)
    {
        day = None;
        if (utf8.Length != 10 || utf8[4] != '-' || utf8[7] != '-'
            || !Number(utf8[..4], out var year) || !Number(utf8[5..7], out var month) || !Number(utf8[8..], out var dayOfMonth)
            || year < 1 || month is < 1 or > 12 || dayOfMonth < 1 || dayOfMonth > DateTime.DaysInMonth(year, month))
            return false;
        day = Of(new DateOnly(year, month, dayOfMonth));
        return true;
    }

    /// <summary>The first date from 1990 to 2100 in a file's name: 20250223, 2025-02-23 or 2025_02_23, with no digit beside it.</summary>
    public static int InName(string name)
    {
        var fileName = Path.GetFileName(name.AsSpan());
        for (var i = 0; i + 8 <= fileName.Length; i++)
        {
            if (i > 0 && char.IsAsciiDigit(fileName[i - 1]))
                continue;
            if (In(fileName[i..], "yyyyMMdd") is var plain and not None)
                return plain;
            if (In(fileName[i..], "yyyy-MM-dd") is var dashed and not None)
                return dashed;
            if (In(fileName[i..], "yyyy_MM_dd") is var underscored and not None)
                return underscored;
        }

        return None;
    }

    private static bool Number(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            number = (10 * number) + digit - '0';
        }

        return true;
    }

    private static int In(ReadOnlySpan<char> text, string format) =>
        text.Length >= format.Length
            && (text.Length == format.Length || !char.IsAsciiDigit(text[format.Length]))
            && DateOnly.TryParseExact(text[..format.Length], format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date.Year is >= 1990 and <= 2100
            ? Of(date)
            : None;
}
