using System.Globalization;
using System.Text;

namespace Clickpath.Sample.Shop;

/// <summary>One line of an order; the price is that of the whole line, not of one unit.</summary>
internal sealed record OrderItem(Product Product, Variant Variant, int Quantity)
{
    /// <summary>Quantity times the catalogue's price.</summary>
    public long LineCents => Variant.Cents * Quantity;
}

/// <summary>An order, and the payload of its purchase.</summary>
internal sealed record Order(string Id, IReadOnlyList<OrderItem> Items, string Email)
{
    /// <summary>The revenue: what the lines come to.</summary>
    public long Cents => Items.Sum(item => item.LineCents);

    /// <summary>1234 cents as 12.34, 1200 as 12: as JSON serialisers write numbers.</summary>
    public static string Money(long cents) => (cents / 100m).ToString("0.##", CultureInfo.InvariantCulture);

    public string ToJson()
    {
        var json = new StringBuilder("{\"transaction_id\":\"").Append(Id)
            .Append("\",\"revenue\":").Append(Money(Cents))
            .Append(",\"currency\":\"").Append(Catalogue.Currency).Append("\",\"items\":[");
        foreach (var item in Items)
        {
            if (json[^1] == '}') json.Append(',');
            json.Append("{\"item_id\":\"").Append(item.Variant.Id)
                .Append("\",\"item_name\":\"").Append(item.Product.Name)
                .Append("\",\"item_variant\":\"").Append(item.Variant.Name.Replace("\"", "\\\"", StringComparison.Ordinal))
                .Append("\",\"quantity\":").Append(item.Quantity.ToString(CultureInfo.InvariantCulture))
                .Append(",\"item_price\":").Append(Money(item.LineCents)).Append('}');
        }

        return json.Append("],\"user_email\":\"").Append(Email).Append("\"}").ToString();
    }
}
