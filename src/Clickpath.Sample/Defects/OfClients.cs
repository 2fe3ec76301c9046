using System.Globalization;
using Clickpath.Sample.Shop;

namespace Clickpath.Sample.Defects;

public static partial class SampleDefects
{
    private static IEnumerable<SampleDefect> OfClients() =>
    [
        new("null_client_ids", "Three rows in ten have no client_id", Later)
        {
            Rows = (day, rows) => rows.ChangeShare(day, 0.3, _ => true, row => row with { ClientId = "" }),
        },
        new("declined_consent", "Half of the visits have no client_id: their visitors declined the banner", Later)
        {
            Rows = (day, rows) => rows.Change(row => day.IsVisitIn(row, 0.5), row => row with { ClientId = "" }),
        },
        new("null_client_ids_on_path", "No view of the page /products/arc-floor-lamp has a client_id", Later)
        {
            Rows = (_, rows) => rows.Change(row => row.Path == "/products/arc-floor-lamp" && row.Name == EventNames.PageView, row => row with { ClientId = "" }),
        },
        new("null_client_ids_on_host", "Nothing on the host checkout.lumenloft.example has a client_id", Later)
        {
            Rows = (_, rows) => rows.Change(IsOnCheckoutHost, row => row with { ClientId = "" }),
        },
        new("client_id_format_drift", "On the host checkout.lumenloft.example a client_id is a UUID", Later)
        {
            Rows = (_, rows) => rows.Change(IsOnCheckoutHost, row => row with { ClientId = Uuid(row.Visit.Client) }),
        },
        new("one_hit_clients", "Every event on an iPhone has a client_id of its own", Later)
        {
            Rows = (day, rows) => rows.Change(
                row => row.UserAgent.Contains("iPhone", StringComparison.Ordinal),
                row => row with { ClientId = string.Create(CultureInfo.InvariantCulture, $"{row.TimeMs / 1000}-{day.Random.Text(12, Channels.UrlSafe)}") }),
        },
    ];

    private static bool IsOnCheckoutHost(SampleEvent row) => row.PageUrl.StartsWith(Catalogue.CheckoutOrigin, StringComparison.Ordinal);

    // Version 4's shape, made of the client's key.
    private static string Uuid(ulong client)
    {
        var random = new SampleRandom(client);
        const string hex = "0123456789abcdef";
        return $"{random.Text(8, hex)}-{random.Text(4, hex)}-4{random.Text(3, hex)}-a{random.Text(3, hex)}-{random.Text(12, hex)}";
    }
}
