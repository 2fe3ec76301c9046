using Clickpath.Sample.Shop;

namespace Clickpath.Sample.Defects;

public static partial class SampleDefects
{
    private static IEnumerable<SampleDefect> OfFunnel() =>
    [
        new("checkouts_without_carts", "In half of the visits nothing is added to the cart, though their checkouts and orders are there", Later)
        {
            Rows = (day, rows) => rows.Where(row => row.Name != EventNames.Cart || !day.IsVisitIn(row, 0.5)),
        },
        new("purchases_without_checkouts", "In half of the visits no checkout is started, though their orders are there", Later)
        {
            Rows = (day, rows) => rows.Where(row => row.Name != EventNames.Checkout || !day.IsVisitIn(row, 0.5)),
        },
        new("confirmation_without_purchase", "Four confirmation pages in ten have no purchase event", Later)
        {
            Rows = (_, rows) =>
            {
                var isLost = Rows.Evenly(0.4, _ => 1);
                return rows.Where(row => !row.IsPurchase || !isLost(row));
            },
        },
        new("purchases_without_confirmation", "Four purchases in ten have no view of the confirmation page", Later)
        {
            Rows = (_, rows) =>
            {
                var isLost = Rows.Evenly(0.4, _ => 1);
                return rows.Where(row => !row.IsConfirmation || !isLost(row));
            },
        },
        new("conversion_drop", "Half of the orders are not there, the visits are", Last) { Rows = (_, rows) => rows.WithoutPurchases(Rows.Evenly(0.5, _ => 1)) },
        new("broken_checkout_on_device", "On phones nothing happens on the checkout's host: nobody who has one can buy", Last)
        {
            Rows = (_, rows) => rows.Where(row => row.Visit.Device != Device.Phone || !IsOnCheckoutHost(row)),
        },
    ];
}
