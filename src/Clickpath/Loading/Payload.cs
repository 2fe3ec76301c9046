namespace Clickpath.Loading;

/// <summary>Whether a payload can be read; the names are those of <c>payloads.payload_status</c> in lower case.</summary>
internal enum PayloadStatus
{
    Valid,
    Repaired,
    Invalid,
}

/// <summary>Whether a revenue can be read; <c>raw_orders.revenue_status</c>.</summary>
internal enum RevenueStatus
{
    Missing,
    Null,
    Ok,
    Invalid,
    NotFinite,
}

/// <summary>What a payload says of an order. Names and numbers are as the payload has them.</summary>
/// <param name="CustomerKey">0: none.</param>
internal sealed record Order(string? Id, RevenueStatus RevenueStatus, long RevenueCents, string? Currency, long CustomerKey, int ItemCount);

/// <summary>One entry of a payload's item list.</summary>
internal sealed record OrderItem(string? ProductId, string? ProductName, string? Variant, long? Quantity, long? PriceCents);
