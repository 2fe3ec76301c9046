using Clickpath.Sample.Shop;

namespace Clickpath.Sample.Defects;

public static partial class SampleDefects
{
    private const int CutAgentLength = 64;

    private static IEnumerable<SampleDefect> OfFormats() =>
    [
        Pages("http_page_urls", "Page URLs begin with http://", url => url.Replace("https://", "http://", StringComparison.Ordinal)),
        Pages("relative_page_urls", "Page URLs on the shop's own host are paths alone", url => url.StartsWith(Catalogue.Origin + "/", StringComparison.Ordinal) ? url[Catalogue.Origin.Length..] : url),
        Pages("moved_host", "The shop is at another host: www before its name", url => url.Replace(Catalogue.Origin + "/", Catalogue.Origin.Replace("https://", "https://www.", StringComparison.Ordinal) + "/", StringComparison.Ordinal)),
        Pages("ports_in_page_urls", "Page URLs on the shop's own host name the port", url => url.Replace(Catalogue.Origin + "/", Catalogue.Origin + ":443/", StringComparison.Ordinal)),
        Pages("slashes_after_paths", "A slash ends the path of products", url => url.Contains("/products/", StringComparison.Ordinal) ? string.Join("/?", url.Split('?', 2)) + (url.Contains('?', StringComparison.Ordinal) ? "" : "/") : url),
        new("bare_referrers", "Referrers have no scheme", Later)
        {
            Rows = (_, rows) => rows.Change(_ => true, row => row with { Referrer = row.Referrer.Replace("https://", "", StringComparison.Ordinal) }),
        },
        new("cut_user_agents", "No user_agent is longer than 64 characters", Later)
        {
            Rows = (_, rows) => rows.Change(row => row.UserAgent.Length > CutAgentLength, row => row with { UserAgent = row.UserAgent[..CutAgentLength] }),
        },
        new("capital_event_names", "product_added_to_cart is written in capitals", Later)
        {
            Rows = (_, rows) => rows.Change(row => row.Name == EventNames.Cart, row => row with { Name = row.Name.ToUpperInvariant() }),
        },
        new("order_id_format", "The ids of orders are long numbers", Later)
        {
            Rows = (day, rows) => Orders(day, rows, 1, order => order["transaction_id"] = "5" + day.Random.Text(12, "0123456789")),
        },
        new("product_id_format", "The ids of products are in small letters", Later)
        {
            Rows = (day, rows) => Orders(day, rows, 1, order =>
            {
                foreach (var item in order.Items()) item["item_id"] = item["item_id"]!.GetValue<string>().ToLowerInvariant();
            }),
        },
        new("currency_symbols", "The currency of orders is a symbol", Later) { Rows = (day, rows) => Orders(day, rows, 1, order => order["currency"] = "\u20ac") },
    ];

    private static SampleDefect Pages(string name, string description, Func<string, string> change) => new(name, description, Later)
    {
        Rows = (_, rows) => rows.Change(_ => true, row => row with { PageUrl = change(row.PageUrl) }),
    };
}
