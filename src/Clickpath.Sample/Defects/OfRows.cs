namespace Clickpath.Sample.Defects;

public static partial class SampleDefects
{
    private static IEnumerable<SampleDefect> OfRows() =>
    [
        new("exact_duplicates", "One row in 20 stands twice", Later)
        {
            Rows = (day, rows) => rows.SelectMany(row => Enumerable.Repeat(row, day.Random.Chance(0.05) ? 2 : 1)),
        },
        new("outage", "Nothing was recorded from 14:00 to 17:00 UTC", Last) { Rows = (_, rows) => rows.Where(row => row.Hour is < 14 or >= 17) },
    ];
}
