using System.Text.Json.Nodes;
using Clickpath.Sample.Shop;

namespace Clickpath.Sample.Defects;

public static partial class SampleDefects
{
    private static IEnumerable<SampleDefect> OfPayloads() =>
    [
        new("bad_payloads", "One payload in five is cut off in its middle", Later)
        {
            Rows = (day, rows) => rows.ChangeShare(day, 0.2, HasPayload, row => row with { Payload = row.EventData[..(row.EventData.Length / 2)] }),
        },
        new("single_quoted_payloads", "Payloads are what Python prints, with single quotes", Later)
        {
            Rows = (_, rows) => rows.Change(Payloads.IsWhole, row => row with { Payload = Payloads.AsPython(row.EventData) }),
        },
        new("empty_payloads", "Purchases have no payload", Later) { Rows = (_, rows) => OfEveryPurchase(rows, row => row with { Payload = "" }) },
        Missing("transaction_id"), Missing("revenue"), Missing("currency"), Missing("items"), Missing("user_email"),
        new("null_revenue", "The revenue of half of the orders is null", Later)
        {
            Rows = (day, rows) => rows.ChangeShare(day, 0.5, row => row.IsPurchase, row => row.Edit(order => order["revenue"] = null)),
        },
        new("vanished_item_price", "The items of orders have no price, though the order has its revenue", Later)
        {
            Rows = (_, rows) => OfEveryItem(rows, item => item["item_price"] = null),
        },
        new("vanished_field", "The items of orders have no item_id any more", Last) { Rows = (_, rows) => OfEveryItem(rows, item => item.Remove("item_id")) },
    ];

    private static SampleDefect Missing(string field) => new($"missing_{field}", $"The payloads of purchases have no {field}", Later)
    {
        Rows = (_, rows) => OfEveryPurchase(rows, row => row.Edit(order => order.Remove(field))),
    };

    private static bool HasPayload(SampleEvent row) => row.EventData.Length > 0;

    private static IEnumerable<SampleEvent> OfEveryPurchase(IEnumerable<SampleEvent> rows, Func<SampleEvent, SampleEvent> change) => rows.Change(row => row.IsPurchase, change);

    private static IEnumerable<SampleEvent> OfEveryItem(IEnumerable<SampleEvent> rows, Action<JsonObject> change) => OfEveryPurchase(rows, row => row.Edit(order =>
    {
        foreach (var item in order.Items()) change(item);
    }));
}
