-- title: What bots do to the rates
-- description: Every rate with the known bots and without them. A bot that pretends to be a browser is not known, and is in both.
-- section: Trust
WITH totals AS (
    SELECT
        CAST(COALESCE(SUM(CASE WHEN is_bot = 0 THEN sessions END), 0) AS DOUBLE PRECISION) AS sessions,
        CAST(COALESCE(SUM(sessions), 0) AS DOUBLE PRECISION) AS all_sessions,
        CAST(COALESCE(SUM(CASE WHEN is_bot = 0 THEN events END), 0) AS DOUBLE PRECISION) AS events,
        CAST(COALESCE(SUM(events), 0) AS DOUBLE PRECISION) AS all_events,
        CAST(COALESCE(SUM(CASE WHEN is_bot = 0 THEN bounces END), 0) AS DOUBLE PRECISION) AS bounces,
        CAST(COALESCE(SUM(bounces), 0) AS DOUBLE PRECISION) AS all_bounces,
        CAST(COALESCE(SUM(CASE WHEN is_bot = 0 THEN cart_sessions END), 0) AS DOUBLE PRECISION) AS carts,
        CAST(COALESCE(SUM(cart_sessions), 0) AS DOUBLE PRECISION) AS all_carts,
        CAST(COALESCE(SUM(CASE WHEN is_bot = 0 THEN checkout_sessions END), 0) AS DOUBLE PRECISION) AS checkouts,
        CAST(COALESCE(SUM(checkout_sessions), 0) AS DOUBLE PRECISION) AS all_checkouts,
        CAST(COALESCE(SUM(CASE WHEN is_bot = 0 THEN buying_sessions END), 0) AS DOUBLE PRECISION) AS buyers,
        CAST(COALESCE(SUM(buying_sessions), 0) AS DOUBLE PRECISION) AS all_buyers,
        CAST(COALESCE(SUM(CASE WHEN is_bot = 0 THEN revenue_cents END), 0) AS DOUBLE PRECISION) / 100 AS revenue,
        CAST(COALESCE(SUM(revenue_cents), 0) AS DOUBLE PRECISION) / 100 AS all_revenue
    FROM session_counts
),

measures AS (
    SELECT 1 AS measure_number, 'sessions' AS measure, sessions AS people, all_sessions AS with_bots FROM totals
    UNION ALL
    SELECT 2, 'events per session', events / NULLIF(sessions, 0), all_events / NULLIF(all_sessions, 0) FROM totals
    UNION ALL
    SELECT 3, 'bounce rate', bounces / NULLIF(sessions, 0), all_bounces / NULLIF(all_sessions, 0) FROM totals
    UNION ALL
    SELECT 4, 'cart rate', carts / NULLIF(sessions, 0), all_carts / NULLIF(all_sessions, 0) FROM totals
    UNION ALL
    SELECT 5, 'checkout rate', checkouts / NULLIF(sessions, 0), all_checkouts / NULLIF(all_sessions, 0) FROM totals
    UNION ALL
    SELECT 6, 'conversion rate', buyers / NULLIF(sessions, 0), all_buyers / NULLIF(all_sessions, 0) FROM totals
    UNION ALL
    SELECT 7, 'revenue per session', revenue / NULLIF(sessions, 0), all_revenue / NULLIF(all_sessions, 0) FROM totals
)

SELECT measure, people, with_bots, with_bots - people AS difference
FROM measures
ORDER BY measure_number
