using System.Globalization;
using Clickpath.Sample.Shop;

namespace Clickpath.Sample.Defects;

public static partial class SampleDefects
{
    private static readonly string[] Unreadable = ["", "NaN", "yesterday", "2025-03-32T25:61:00Z"];

    private static IEnumerable<SampleDefect> OfTimes() =>
    [
        new("bad_timestamps", "One timestamp in 25 can't be read", Later)
        {
            Rows = (day, rows) => rows.ChangeShare(day, 0.04, _ => true, row => row with { RawTime = day.Random.Pick(Unreadable) }),
        },
        new("future_timestamps", "One row in 50 is dated a year later", Later)
        {
            Rows = (day, rows) => rows.ChangeShare(day, 0.02, _ => true, row => row with { RawTime = (row with { TimeMs = row.TimeMs + (365 * Traffic.DayMs) }).Timestamp }),
        },
        new("foreign_rows", "One row in 30 is dated a day earlier; they stand first", Later)
        {
            Rows = (day, rows) => rows.ChangeShare(day, 0.033, _ => true, row => row with { TimeMs = row.TimeMs - Traffic.DayMs }).OrderBy(row => row.TimeMs),
        },
        new("unordered_timestamps", "Rows come in batches of 25, each of them backwards", Later) { Rows = (_, rows) => rows.Chunk(25).SelectMany(batch => batch.Reverse()) },
        new("unreadable_timestamps", "Timestamps are written as a spreadsheet shows them, 3/10/2025 14:05", Later)
        {
            Rows = (_, rows) => rows.Select(row => row with { RawTime = DateTime.UnixEpoch.AddMilliseconds(row.TimeMs).ToString("M/d/yyyy H:mm", CultureInfo.InvariantCulture) }),
        },
        new("zoneless_timestamps", "Timestamps lack their Z: they may be in any time zone", Later) { Rows = (_, rows) => rows.Select(row => row with { RawTime = row.Timestamp.TrimEnd('Z') }) },
        new("clock_skew", "The clocks of one new client in eight run two hours fast: their client_id is younger than their events", Later)
        {
            Rows = (day, rows) => rows.Change(
                row => BornSeconds(row) * 1000 >= day.StartMs && day.IsClientIn(row, 0.125),
                row => row with { ClientId = string.Create(CultureInfo.InvariantCulture, $"{BornSeconds(row) + 7200}{row.ClientId[row.ClientId.IndexOf('-', StringComparison.Ordinal)..]}") }),
        },
    ];

    private static long BornSeconds(SampleEvent row) =>
        long.TryParse(row.ClientId.Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;
}
