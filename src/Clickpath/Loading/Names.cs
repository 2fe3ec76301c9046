namespace Clickpath.Loading;

/// <summary>What enumerations are called in the load tables.</summary>
internal static class Names
{
    public static string Of(PayloadStatus status) => status switch
    {
        PayloadStatus.Valid => "valid",
        PayloadStatus.Repaired => "repaired",
        _ => "invalid",
    };

    public static string Of(RevenueStatus status) => status switch
    {
        RevenueStatus.Ok => "ok",
        RevenueStatus.Missing => "missing",
        RevenueStatus.Null => "null",
        RevenueStatus.NotFinite => "not_finite",
        _ => "invalid",
    };

    public static string Of(Noted column) => column switch
    {
        Noted.EventName => "event_name",
        Noted.PageUrl => "page_url",
        Noted.PagePath => "page path",
        Noted.PageQuery => "page query",
        Noted.Referrer => "referrer",
        Noted.ReferrerQuery => "referrer query",
        Noted.UserAgent => "user_agent",
        Noted.OrderId => "order_id",
        Noted.ProductId => "product_id",
        _ => "currency",
    };

    public static string Of(FieldState state) => state switch
    {
        FieldState.Null => "null",
        FieldState.Empty => "empty",
        _ => "value",
    };
}
