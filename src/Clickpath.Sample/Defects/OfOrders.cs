using System.Text.Json.Nodes;
using Clickpath.Sample.Shop;

namespace Clickpath.Sample.Defects;

public static partial class SampleDefects
{
    private static IEnumerable<SampleDefect> OfOrders() =>
    [
        new("zero_revenue", "The revenue of one order in three is 0", Later) { Rows = (day, rows) => Orders(day, rows, 0.33, order => order["revenue"] = 0) },
        new("negative_revenue", "The revenue of one order in five is below 0", Later) { Rows = (day, rows) => Orders(day, rows, 0.2, order => order.Scale("revenue", -100)) },
        new("infinite_revenue", "The revenue of the day's first order is Infinity", Later) { Rows = (day, rows) => Orders(day, rows, 0, order => order["revenue"] = "Infinity") },
        new("implausible_revenue", "The day's first order is over 2,000 times its worth, and its items with it", Later)
        {
            Rows = (day, rows) => Orders(day, rows, 0, order => ScaleAll(order, 234_500)),
        },
        new("revenue_in_cents", "Revenue and prices are in cents", Later) { Rows = (day, rows) => Orders(day, rows, 1, order => ScaleAll(order, 10_000)) },
        new("item_price_misfit", "The items of one order in three come to a quarter more than its revenue", Later)
        {
            Rows = (day, rows) => Orders(day, rows, 0.33, order => ScaleItems(order, 125)),
        },
        new("unit_item_prices", "The price of an item is that of one unit, where other days have that of the line", Later)
        {
            Rows = (day, rows) => rows.Change(
                row => row.IsPurchase && row.Order!.Items.Any(item => item.Quantity > 1),
                row => row.Edit(order =>
                {
                    foreach (var (item, line) in order.Items().Zip(row.Order!.Items)) item["item_price"] = JsonNode.Parse(Order.Money(line.Variant.Cents));
                })),
        },
        new("mixed_currency", "One order in three is in USD", Later) { Rows = (day, rows) => Orders(day, rows, 0.33, order => order["currency"] = "USD") },
        new("replayed_orders", "One order in five comes again, page and payload, minutes later: somebody reloaded the confirmation", Later)
        {
            Rows = (day, rows) => Again(day, rows, 0.2, purchase => purchase),
        },
        new("double_orders", "One order in five is placed twice within minutes, under another id", Later)
        {
            Rows = (day, rows) => Again(day, rows, 0.2, purchase => purchase.Edit(order => order["transaction_id"] = purchase.Order!.Id + "-B")),
        },
        new("colliding_order_ids", "One order in four, and the day's last, has the id of one before it", Later) { Rows = (day, rows) => Colliding(day, rows) },
        new("revenue_drop", "Orders worth 30 % of the day's revenue are not there", Last)
        {
            Rows = (_, rows) => rows.WithoutPurchases(Rows.Evenly(0.3, row => row.Order!.Cents)),
        },
        new("discounted_orders", "Every order is worth 40 % less, its items with it: a voucher that all may use", Last)
        {
            Rows = (day, rows) => Orders(day, rows, 1, order =>
            {
                ScaleItems(order, 60);
                // The sum of what was rounded, not the rounded sum.
                order["revenue"] = JsonNode.Parse(Order.Money((long)(order.Items().Sum(item => item["item_price"]!.GetValue<decimal>()) * 100)));
            }),
        },
    ];

    private static IEnumerable<SampleEvent> Orders(DefectOfDay day, IEnumerable<SampleEvent> rows, double share, Action<JsonObject> change) =>
        rows.ChangeShare(day, share, row => row.IsPurchase, row => row.Edit(change));

    private static void ScaleAll(JsonObject order, int percent)
    {
        order.Scale("revenue", percent);
        ScaleItems(order, percent);
    }

    private static void ScaleItems(JsonObject order, int percent)
    {
        foreach (var item in order.Items()) item.Scale("item_price", percent);
    }

    // The page, the purchase a moment after it, and both once more. Their delay is the order's, so that their order stays.
    private static IEnumerable<SampleEvent> Again(DefectOfDay day, IEnumerable<SampleEvent> rows, double share, Func<SampleEvent, SampleEvent> second)
    {
        SampleEvent? page = null;
        var isAgain = day.Share(share, row => row.IsPurchase);
        return rows.Add(day, row =>
        {
            if (row.IsConfirmation) page = row;
            if (!isAgain(row)) return [];
            var delay = 90 + (200 * day.Random.Unit());
            return page?.Visit == row.Visit ? [page.After(delay), second(row.After(delay))] : [second(row.After(delay))];
        });
    }

    private static List<SampleEvent> Colliding(DefectOfDay day, IEnumerable<SampleEvent> rows)
    {
        var all = rows.ToList();
        var last = all.FindLastIndex(row => row.IsPurchase);
        string? before = null;
        for (var i = 0; i <= last; i++)
        {
            if (all[i].Order is not { } order) continue;
            if (before is not null && (i == last || day.Random.Chance(0.25))) all[i] = all[i].Edit(payload => payload["transaction_id"] = before);
            else before = order.Id;
        }

        return all;
    }
}
