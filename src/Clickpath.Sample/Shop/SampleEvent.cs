using System.Globalization;

namespace Clickpath.Sample.Shop;

/// <summary>One row of the export, before it is text, with what defects need to know of it.</summary>
internal sealed record SampleEvent
{
    public required long TimeMs { get; init; }

    public required string Name { get; init; }

    public required Visit Visit { get; init; }

    public required string ClientId { get; init; }

    public required string PageUrl { get; init; }

    public required string Referrer { get; init; }

    public required string UserAgent { get; init; }

    /// <summary>The order of a purchase; null for all else.</summary>
    public Order? Order { get; init; }

    /// <summary>The payload as text, where it is not the order's own.</summary>
    public string? Payload { get; init; }

    /// <summary>The timestamp as text, where it is not that of <see cref="TimeMs"/>.</summary>
    public string? RawTime { get; init; }

    public bool IsPurchase => Name == EventNames.Purchase;

    /// <summary>The page that thanks for an order.</summary>
    public bool IsConfirmation => Name == EventNames.PageView && PageUrl.Contains("/thank-you", StringComparison.Ordinal);

    public string Timestamp =>
        RawTime ?? DateTime.UnixEpoch.AddMilliseconds(TimeMs).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public string EventData => Payload ?? Order?.ToJson() ?? "";

    public string Path => PageUrl.Length > 0 ? PageUrl[PageUrl.IndexOf('/', "https://".Length)..].Split('?')[0] : "";

    public int Hour => (int)(TimeMs / 3_600_000 % 24);
}

/// <summary>How the shop calls what happens.</summary>
internal static class EventNames
{
    public const string PageView = "page_viewed";
    public const string Cart = "product_added_to_cart";
    public const string Checkout = "checkout_started";
    public const string Purchase = "checkout_completed";
    public const string Lead = "email_filled_on_popup";
}
