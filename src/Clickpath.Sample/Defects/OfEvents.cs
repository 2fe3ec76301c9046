using Clickpath.Sample.Shop;

namespace Clickpath.Sample.Defects;

public static partial class SampleDefects
{
    private static IEnumerable<SampleDefect> OfEvents() =>
    [
        new("unknown_event_name", "There is an event of a new name, wishlist_item_saved, after one view of a product in ten", Later)
        {
            Rows = (day, rows) =>
            {
                var isSaved = day.Share(0.1, IsProductView);
                return rows.Add(day, row => isSaved(row) ? [row.After(4 + (2 * day.Random.Unit())) with { Name = "wishlist_item_saved" }] : []);
            },
        },
        new("renamed_event", "product_added_to_cart is called basket_item_added, a name that nobody knows", Later)
        {
            Rows = (_, rows) => rows.Change(row => row.Name == EventNames.Cart, row => row with { Name = "basket_item_added" }),
        },
        new("respelt_event", "checkout_started is called begin_checkout, as another tag manager has it", Later)
        {
            Rows = (_, rows) => rows.Change(row => row.Name == EventNames.Checkout, row => row with { Name = "begin_checkout" }),
        },
        new("null_event_names", "One row in 30 has no event_name", Later)
        {
            Rows = (day, rows) => rows.ChangeShare(day, 0.033, _ => true, row => row with { Name = "" }),
        },
        new("null_page_urls", "One row in 20 has no page_url", Later)
        {
            Rows = (day, rows) => rows.ChangeShare(day, 0.05, _ => true, row => row with { PageUrl = "" }),
        },
        new("null_user_agents", "No row of a cart has a user_agent", Later)
        {
            Rows = (_, rows) => rows.Change(row => row.Name == EventNames.Cart, row => row with { UserAgent = "" }),
        },
        new("vanished_event", "There is no product_added_to_cart", Later) { Rows = (_, rows) => rows.Where(row => row.Name != EventNames.Cart) },
        new("vanished_purchases", "There is no checkout_completed", Last) { Rows = (_, rows) => rows.Where(row => !row.IsPurchase) },
    ];
}
