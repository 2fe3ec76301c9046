-- title: Every report adds up to the orders
-- description: Purchases and revenue by day, by device, by channel under each model, by conversion type and by product are those of
--   the orders, to the cent.
-- severity: critical
-- message: {subject} adds up to {observed} (revenue in cents, purchases as a count); the orders are {expected}.
WITH order_totals AS (
    SELECT COUNT(*) AS purchases, COALESCE(CAST(SUM(revenue_cents) AS BIGINT), 0) AS revenue_cents FROM orders
),

measured AS (
    SELECT 'daily_revenue' AS report, COALESCE(CAST(SUM(purchases) AS BIGINT), 0) AS purchases, COALESCE(CAST(SUM(CAST(FLOOR(revenue * 100 + 0.5) AS BIGINT)) AS BIGINT), 0) AS revenue_cents FROM daily_revenue
    UNION ALL
    SELECT 'channel_revenue_first_click', COALESCE(CAST(SUM(purchases) AS BIGINT), 0), COALESCE(CAST(SUM(CAST(FLOOR(revenue * 100 + 0.5) AS BIGINT)) AS BIGINT), 0) FROM channel_revenue_first_click
    UNION ALL
    SELECT 'channel_revenue_last_click', COALESCE(CAST(SUM(purchases) AS BIGINT), 0), COALESCE(CAST(SUM(CAST(FLOOR(revenue * 100 + 0.5) AS BIGINT)) AS BIGINT), 0) FROM channel_revenue_last_click
    UNION ALL
    SELECT 'revenue_by_device', COALESCE(CAST(SUM(purchases) AS BIGINT), 0), COALESCE(CAST(SUM(CAST(FLOOR(revenue * 100 + 0.5) AS BIGINT)) AS BIGINT), 0) FROM revenue_by_device
    UNION ALL
    SELECT 'assisted_vs_direct', COALESCE(CAST(SUM(purchases) AS BIGINT), 0), COALESCE(CAST(SUM(CAST(FLOOR(revenue * 100 + 0.5) AS BIGINT)) AS BIGINT), 0) FROM assisted_vs_direct
),

both_totals AS (
    SELECT report || ' purchases' AS subject, purchases AS observed, 0 AS is_revenue FROM measured
    UNION ALL
    SELECT report || ' revenue', revenue_cents, 1 FROM measured
    UNION ALL
    SELECT 'top_products revenue', COALESCE(CAST(SUM(CAST(FLOOR(revenue * 100 + 0.5) AS BIGINT)) AS BIGINT), 0), 1 FROM top_products
),

expectations AS (
    SELECT
        both_totals.subject,
        both_totals.observed,
        CASE WHEN both_totals.is_revenue = 1 THEN order_totals.revenue_cents ELSE order_totals.purchases END AS expected
    FROM both_totals
    CROSS JOIN order_totals
)

-- Reports hold currency units as floating point: each row is taken back to whole cents before it is added.
SELECT subject, 1 AS population, observed, expected, CASE WHEN observed = expected THEN 1 ELSE 0 END AS passed
FROM expectations
ORDER BY subject
