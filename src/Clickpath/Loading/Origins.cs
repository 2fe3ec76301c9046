namespace Clickpath.Loading;

/// <summary>Which column of an export each column of the load tables is made from: the loader's end of the lineage.</summary>
internal static class Origins
{
    private static readonly Dictionary<string, string> Tables = new(StringComparer.Ordinal)
    {
        ["clients"] = "client_id",
        ["pages"] = "page_url",
        ["places"] = "page_url",
        ["parameter_sets"] = "page_url",
        ["referrers"] = "referrer",
        ["user_agents"] = "user_agent",
        ["payloads"] = "event_data",
        ["raw_orders"] = "event_data",
        ["raw_order_items"] = "event_data",
        ["payload_field_counts"] = "event_data",
        ["calendar"] = "timestamp",
        ["file_days"] = "timestamp",
    };

    private static readonly Dictionary<string, string> EventColumns = new(StringComparer.Ordinal)
    {
        ["client_key"] = "client_id",
        ["has_client"] = "client_id",
        ["occurred_at_ms"] = "timestamp",
        ["raw_timestamp"] = "timestamp",
        ["event_date"] = "timestamp",
        ["hour_of_day"] = "timestamp",
        ["event_name"] = "event_name",
        ["page_key"] = "page_url",
        ["place_key"] = "page_url",
        ["referrer_key"] = "referrer",
        ["user_agent_key"] = "user_agent",
        ["payload_key"] = "event_data",
    };

    /// <summary>The export's column; null where a column is of the file or the run rather than of what is in a column.</summary>
    public static string? Of(string table, string column) =>
        table == "raw_events" ? EventColumns.GetValueOrDefault(column) : column.EndsWith("event_id", StringComparison.Ordinal) || column == "file_id" ? null : Tables.GetValueOrDefault(table);
}
