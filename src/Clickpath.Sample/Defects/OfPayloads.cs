namespace Clickpath.Sample.Defects;

public static partial class SampleDefects
{
    private static IEnumerable<SampleDefect> OfPayloads() =>
    [
        new("bad_payloads", "One payload in five, and the day's first, is cut off in its middle", Later)
        {
            Rows = (day, rows) =>
            {
                var seen = 0;
                return rows.Select(row => row.EventData.Length > 0 && (seen++ == 0 | day.Random.Chance(0.2)) ? row with { Payload = row.EventData[..(row.EventData.Length / 2)] } : row);
            },
        },
        new("vanished_item_price", "The items of orders have no price, though the order has its revenue", Later)
        {
            Rows = (_, rows) => rows.Select(row => row.Order is { } order ? row with { Order = order with { PricePercent = null } } : row),
        },
    ];
}
