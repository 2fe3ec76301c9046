using Clickpath.Engines;
using Dapper;

namespace Clickpath.Tests;

/// <summary>The models' figures in the oracle's words: <c>totals/all/orders = 294</c>.</summary>
internal static class ModelFigures
{
    // Of events without a readable time the oracle says 'unknown', the models the file's day: those are counted in the totals alone.
    private const string Select = """
        SELECT 'totals' AS figure, 'all' AS key, 'events' AS measure, COUNT(*) AS value FROM events
        UNION ALL SELECT 'totals', 'all', 'duplicates', COUNT(*) FROM duplicates
        UNION ALL SELECT 'totals', 'all', 'clientless_events', COUNT(*) FROM events WHERE client_id IS NULL
        UNION ALL SELECT 'totals', 'all', 'untimed_events', COUNT(*) FROM events WHERE client_id IS NOT NULL AND occurred_at_ms IS NULL
        UNION ALL SELECT 'totals', 'all', 'users', COUNT(*) FROM users
        UNION ALL SELECT 'totals', 'all', 'sessions', COUNT(*) FROM sessions
        UNION ALL SELECT 'totals', 'all', 'session_events', SUM(event_count) FROM sessions
        UNION ALL SELECT 'totals', 'all', 'session_orders', SUM(purchase_count) FROM sessions
        UNION ALL SELECT 'totals', 'all', 'bounces', SUM(is_bounce) FROM sessions
        UNION ALL SELECT 'totals', 'all', 'converting_sessions', COUNT(*) FROM sessions WHERE purchase_count > 0
        UNION ALL SELECT 'totals', 'all', 'orders', COUNT(*) FROM orders
        UNION ALL SELECT 'totals', 'all', 'revenue_cents', SUM(revenue_cents) FROM orders
        UNION ALL SELECT 'totals', 'all', 'clientless_orders', COUNT(*) FROM orders WHERE client_id IS NULL
        UNION ALL SELECT 'totals', 'all', 'orders_without_id', COUNT(*) FROM orders WHERE order_id IS NULL
        UNION ALL SELECT 'totals', 'all', 'orders_without_revenue', COUNT(*) FROM orders WHERE revenue_status <> 'ok'
        UNION ALL SELECT 'events_by_day', event_date, 'events', COUNT(*) FROM events WHERE occurred_at_ms IS NOT NULL GROUP BY event_date
        UNION ALL SELECT 'sessions_by_day', session_date, 'sessions', COUNT(*) FROM sessions GROUP BY session_date
        UNION ALL SELECT 'sessions_by_day', session_date, 'bounces', SUM(is_bounce) FROM sessions GROUP BY session_date
        UNION ALL SELECT 'sessions_by_channel', channel, 'sessions', COUNT(*) FROM sessions GROUP BY channel
        UNION ALL SELECT 'sessions_by_channel', channel, 'bounces', SUM(is_bounce) FROM sessions GROUP BY channel
        UNION ALL SELECT 'sessions_by_channel', channel, 'converting_sessions', COUNT(*) FROM sessions WHERE purchase_count > 0 GROUP BY channel
        UNION ALL SELECT 'sessions_by_channel', channel, 'orders', SUM(purchase_count) FROM sessions GROUP BY channel
        UNION ALL SELECT 'sessions_by_channel', channel, 'revenue_cents', SUM(revenue_cents) FROM sessions GROUP BY channel
        UNION ALL SELECT 'revenue_by_day', event_date, 'orders', COUNT(*) FROM orders WHERE has_time = 1 GROUP BY event_date
        UNION ALL SELECT 'revenue_by_day', event_date, 'revenue_cents', SUM(revenue_cents) FROM orders WHERE has_time = 1 GROUP BY event_date
        UNION ALL SELECT 'first_click', channel, 'orders', COUNT(*) FROM attribution WHERE model = 'first_click' GROUP BY channel
        UNION ALL SELECT 'first_click', channel, 'revenue_cents', SUM(revenue_cents) FROM attribution WHERE model = 'first_click' GROUP BY channel
        UNION ALL SELECT 'last_click', last_click_channel, 'orders', COUNT(*) FROM purchase_attribution GROUP BY last_click_channel
        UNION ALL SELECT 'last_click', channel, 'revenue_cents', SUM(revenue_cents) FROM attribution WHERE model = 'last_click' GROUP BY channel
        UNION ALL SELECT 'conversion_type', conversion_type, 'orders', COUNT(*) FROM purchase_attribution GROUP BY conversion_type
        UNION ALL SELECT 'conversion_type', conversion_type, 'revenue_cents', SUM(revenue_cents) FROM purchase_attribution GROUP BY conversion_type
        """;

    private static readonly string[] Compared = ["events_by_day", "sessions_by_day", "sessions_by_channel", "revenue_by_day", "first_click", "last_click", "conversion_type"];

    public static IEnumerable<string> Lines(IEngine engine) => engine.Connection
        .Query<(string Figure, string Key, string Measure, long? Value)>(Select)
        .Where(row => row.Value is not (null or 0))
        .Select(row => $"{row.Figure}/{row.Key}/{row.Measure} = {row.Value}")
        .Order(StringComparer.Ordinal);

    /// <summary>Those of the oracle's lines that the models have an answer to.</summary>
    public static IEnumerable<string> Lines(IEnumerable<string> oracle, IEngine engine)
    {
        var measures = Lines(engine).Select(Measure).ToHashSet(StringComparer.Ordinal);
        return oracle.Where(line => !line.EndsWith(" = 0", StringComparison.Ordinal) && !line.Contains("/unknown/", StringComparison.Ordinal)
                && (measures.Contains(Measure(line)) || Compared.Contains(line[..line.IndexOf('/', StringComparison.Ordinal)])) && !IsNotAsked(line))
            .Order(StringComparer.Ordinal);
    }

    // figure and measure, without the key.
    private static string Measure(string line) => line[..line.IndexOf('/', StringComparison.Ordinal)] + line[line.LastIndexOf('/')..line.LastIndexOf(" = ", StringComparison.Ordinal)];

    private static bool IsNotAsked(string line) => line.StartsWith("sessions_by_day/", StringComparison.Ordinal) && line.Contains("/converting_sessions", StringComparison.Ordinal);
}
