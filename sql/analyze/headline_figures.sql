-- title: Headline figures
-- description: The export's totals, each with the change of the last seven complete days against the seven before, and whether that is
--   more than chance. The conversion rate is sessions with a purchase among all sessions, known bots left out.
-- section: Headline
-- kind: figures
-- format: change percent 1
WITH order_totals AS (
    SELECT COUNT(*) AS orders, COALESCE(CAST(SUM(revenue_cents) AS BIGINT), 0) AS revenue_cents FROM orders
),

session_totals AS (
    SELECT
        COALESCE(CAST(SUM(sessions) AS BIGINT), 0) AS sessions,
        COALESCE(CAST(SUM(buying_sessions) AS BIGINT), 0) AS buying_sessions
    FROM session_counts
    WHERE is_bot = 0
),

figures AS (
    SELECT 1 AS figure_number, 'Revenue' AS label, 'revenue' AS measure, 'money' AS unit, CAST(revenue_cents AS DOUBLE PRECISION) / 100 AS value
    FROM order_totals
    UNION ALL
    SELECT 2, 'Orders', 'orders', 'integer', CAST(orders AS DOUBLE PRECISION) FROM order_totals
    UNION ALL
    SELECT 3, 'Average order value', 'avg_order_value', 'money', CAST(revenue_cents AS DOUBLE PRECISION) / 100 / NULLIF(orders, 0) FROM order_totals
    UNION ALL
    SELECT 4, 'Sessions, bots left out', 'sessions', 'integer', CAST(sessions AS DOUBLE PRECISION) FROM session_totals
    UNION ALL
    SELECT 5, 'Conversion rate', 'conversion_rate', 'percent 2', CAST(buying_sessions AS DOUBLE PRECISION) / NULLIF(sessions, 0) FROM session_totals
)

SELECT
    figures.label,
    figures.value,
    figures.unit,
    week_on_week.change,
    1 AS is_more_better,
    CASE WHEN week_on_week.verdict IN ('up', 'down') THEN 1 ELSE 0 END AS is_beyond_chance
FROM figures
LEFT JOIN week_on_week ON week_on_week.measure = figures.measure
ORDER BY figures.figure_number
