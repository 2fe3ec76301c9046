using System.Globalization;

namespace Clickpath.Loading;

/// <summary>The day and hour on a wall in the report's time zone.</summary>
internal sealed class LocalClock(TimeZoneInfo timeZone)
{
    // Every zone's clock has been changed on a quarter of an hour since 1970, so one look-up serves a quarter.
    private const long QuarterMs = 15 * 60_000;
    private const int CachedQuarters = 4096;

    private readonly long[] _quarters = new long[CachedQuarters];
    private readonly long[] _offsets = new long[CachedQuarters];
    private readonly bool _isUtc = timeZone.BaseUtcOffset == TimeSpan.Zero && !timeZone.SupportsDaylightSavingTime && timeZone.GetAdjustmentRules().Length == 0;

    /// <summary>A zone's rules, without the names that it has in the machine's language.</summary>
    public static IEnumerable<string> Rules(TimeZoneInfo zone) =>
    [
        zone.Id, zone.BaseUtcOffset.Ticks.ToString(CultureInfo.InvariantCulture),
        .. zone.GetAdjustmentRules().Select(rule => string.Create(
            CultureInfo.InvariantCulture,
            $"{rule.DateStart.Ticks} {rule.DateEnd.Ticks} {rule.DaylightDelta.Ticks} {rule.BaseUtcOffsetDelta.Ticks} {Transition(rule.DaylightTransitionStart)} {Transition(rule.DaylightTransitionEnd)}")),
    ];

    /// <summary>Days since 1970-01-01, and 0 to 23.</summary>
    public (int Day, int Hour) At(long utcMs)
    {
        var localMs = utcMs + (_isUtc ? 0 : OffsetMs(utcMs));
        var day = (int)((localMs - (localMs < 0 ? 86_399_999 : 0)) / 86_400_000);
        return (day, (int)((localMs - (day * 86_400_000L)) / 3_600_000));
    }

    private long OffsetMs(long utcMs)
    {
        if (utcMs < 0)
            return Lookup(utcMs);
        var quarter = (utcMs / QuarterMs) + 1;
        var slot = quarter % CachedQuarters;
        if (_quarters[slot] != quarter)
            (_quarters[slot], _offsets[slot]) = (quarter, Lookup(utcMs));
        return _offsets[slot];
    }

    private static string Transition(TimeZoneInfo.TransitionTime time) => string.Create(
        CultureInfo.InvariantCulture, $"{time.IsFixedDateRule} {time.Month} {time.Week} {time.Day} {(int)time.DayOfWeek} {time.TimeOfDay.Ticks}");

    private long Lookup(long utcMs) =>
        (long)timeZone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds(utcMs)).TotalMilliseconds;
}
