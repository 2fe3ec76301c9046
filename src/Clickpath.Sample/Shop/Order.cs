using System.Globalization;
using System.Text;

namespace Clickpath.Sample.Shop;

/// <summary>One line of an order; the price is that of the whole line, not of one unit.</summary>
internal sealed record OrderItem(Product Product, Variant Variant, int Quantity)
{
    /// <summary>Quantity times the catalogue's price.</summary>
    public long LineCents => Variant.Cents * Quantity;
}

/// <summary>An order as the payload of its purchase tells it. What is null is left out, or for a price is null.</summary>
internal sealed record Order
{
    public required string? Id { get; init; }

    /// <summary>As JSON writes it.</summary>
    public required string? Revenue { get; init; }

    public required string? Currency { get; init; }

    public required IReadOnlyList<OrderItem> Items { get; init; }

    public required string Email { get; init; }

    /// <summary>Line prices as a factor of a hundred of the items' own; null: no prices.</summary>
    public int? PricePercent { get; init; } = 100;

    public long Cents => Items.Sum(item => item.LineCents);

    /// <summary>1234 cents as 12.34, 1200 as 12: as JSON serialisers write numbers.</summary>
    public static string Money(long cents)
    {
        var text = (cents / 100m).ToString("0.##", CultureInfo.InvariantCulture);
        return text;
    }

    public string ToJson()
    {
        var json = new StringBuilder("{");
        if (Id is not null) json.Append("\"transaction_id\":\"").Append(Id).Append("\",");
        if (Revenue is not null) json.Append("\"revenue\":").Append(Revenue).Append(',');
        if (Currency is not null) json.Append("\"currency\":\"").Append(Currency).Append("\",");
        json.Append("\"items\":[");
        foreach (var item in Items)
        {
            if (json[^1] == '}') json.Append(',');
            json.Append("{\"item_id\":\"").Append(item.Variant.Id)
                .Append("\",\"item_name\":\"").Append(item.Product.Name)
                .Append("\",\"item_variant\":\"").Append(item.Variant.Name.Replace("\"", "\\\"", StringComparison.Ordinal))
                .Append("\",\"quantity\":").Append(item.Quantity.ToString(CultureInfo.InvariantCulture))
                .Append(",\"item_price\":").Append(PricePercent is { } percent ? Money(item.LineCents * percent / 100) : "null").Append('}');
        }

        return json.Append("],\"user_email\":\"").Append(Email).Append("\"}").ToString();
    }
}
