using Clickpath.Sample.Shop;

namespace Clickpath.Sample.Defects;

public static partial class SampleDefects
{
    private static IEnumerable<SampleDefect> OfVolume() =>
    [
        new("volume_drop", "Six visits in ten are not there", Later) { Rows = (day, rows) => rows.Where(row => !day.IsVisitIn(row, 0.6)) },
        new("volume_surge", "Every visit comes three times, minutes apart, of clients and with orders of their own", Later)
        {
            Rows = (day, rows) => rows.Add(day, row => Enumerable.Range(1, 2).Select(copy => Copied(day, row, copy))),
        },
        new("outage", "Nothing was recorded from 14:00 to 17:00 UTC", Last) { Rows = (_, rows) => rows.Where(row => row.Hour is < 14 or >= 17) },
        new("cut_day", "The day ends at noon, UTC", Last) { Rows = (_, rows) => rows.Where(row => row.Hour < 12) },
        new("late_start", "The day begins at noon, UTC", First) { Rows = (_, rows) => rows.Where(row => row.Hour >= 12) },
        new("doubled_tag", "Every view of a product page is sent twice, a moment apart", Last)
        {
            Rows = (day, rows) => rows.Add(day, row => IsProductView(row) ? [row.After(0.03 + (0.4 * day.Random.Unit()))] : []),
        },
        new("second_tag_without_id", "Every view of a product page is sent by a second tag too, which has no client_id", Last)
        {
            Rows = (day, rows) => rows.Add(day, row => IsProductView(row) ? [row.After(0.01 + (0.05 * day.Random.Unit())) with { ClientId = "" }] : []),
        },
        new("near_duplicates", "One row in 20 comes again within a second", Later)
        {
            Rows = (day, rows) =>
            {
                var isTwice = day.Share(0.05, _ => true);
                return rows.Add(day, row => isTwice(row) ? [row.After(0.1 + (0.8 * day.Random.Unit()))] : []);
            },
        },
    ];

    private static bool IsProductView(SampleEvent row) => row.Name == EventNames.PageView && row.Path.StartsWith("/products/", StringComparison.Ordinal);

    private static SampleEvent Copied(DefectOfDay day, SampleEvent row, int copy)
    {
        var random = new SampleRandom(SampleRandom.Mix(row.Visit.Client ^ day.Key, (ulong)copy));
        var dash = row.ClientId.IndexOf('-', StringComparison.Ordinal);
        var id = row.ClientId[..(dash + 1)] + random.Text(12, Channels.UrlSafe);
        var email = random.Text(64, "0123456789abcdef");
        // The whole visit is later by the same time, so that it stays what it was.
        var copied = row.After(120 + (1500 * random.Unit())) with { ClientId = id, Visit = row.Visit with { Client = SampleRandom.Mix(row.Visit.Client, (ulong)copy) } };
        return row.EventData.Length == 0 ? copied : copied.Edit(payload =>
        {
            payload["user_email"] = email;
            if (row.Order is { } order) payload["transaction_id"] = $"{order.Id}-{copy}";
        });
    }
}
