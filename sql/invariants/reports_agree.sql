-- title: Every report adds up to the orders
-- description: Purchases and revenue by day, by device, by channel under each model, by conversion type and by product are those of
--   the orders, to the cent.
-- severity: critical
-- message: {subject} adds up to {observed} (revenue in cents, purchases as a count); the orders are {expected}.
WITH order_totals AS (
    SELECT COUNT(*) AS purchases, COALESCE(CAST(SUM(revenue_cents) AS BIGINT), 0) AS revenue_cents FROM orders
),

measured AS (
    SELECT 'daily_revenue' AS report, COALESCE(CAST(SUM(purchases) AS BIGINT), 0) AS purchases, COALESCE(SUM(revenue), 0) * 100 AS revenue_cents FROM daily_revenue
    UNION ALL
    SELECT 'channel_revenue_first_click', COALESCE(CAST(SUM(purchases) AS BIGINT), 0), COALESCE(SUM(revenue), 0) * 100 FROM channel_revenue_first_click
    UNION ALL
    SELECT 'channel_revenue_last_click', COALESCE(CAST(SUM(purchases) AS BIGINT), 0), COALESCE(SUM(revenue), 0) * 100 FROM channel_revenue_last_click
    UNION ALL
    SELECT 'revenue_by_device', COALESCE(CAST(SUM(purchases) AS BIGINT), 0), COALESCE(SUM(revenue), 0) * 100 FROM revenue_by_device
    UNION ALL
    SELECT 'assisted_vs_direct', COALESCE(CAST(SUM(purchases) AS BIGINT), 0), COALESCE(SUM(revenue), 0) * 100 FROM assisted_vs_direct
),

both_totals AS (
    SELECT report || ' purchases' AS subject, CAST(purchases AS DOUBLE PRECISION) AS observed, 0 AS is_revenue FROM measured
    UNION ALL
    SELECT report || ' revenue', revenue_cents, 1 FROM measured
    UNION ALL
    SELECT 'top_products revenue', COALESCE(SUM(revenue), 0) * 100, 1 FROM top_products
),

expectations AS (
    SELECT
        both_totals.subject,
        both_totals.observed,
        CAST(CASE WHEN both_totals.is_revenue = 1 THEN order_totals.revenue_cents ELSE order_totals.purchases END AS DOUBLE PRECISION) AS expected
    FROM both_totals
    CROSS JOIN order_totals
)

-- Reports hold currency units as floating point: half a cent of room, never a cent.
SELECT subject, 1 AS population, observed, expected, CASE WHEN ABS(observed - expected) < 0.5 THEN 1 ELSE 0 END AS passed
FROM expectations
ORDER BY subject
