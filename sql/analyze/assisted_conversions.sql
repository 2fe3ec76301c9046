-- title: Assisted conversions
-- description: Of the orders in whose lookback a channel was touched: how many it closed (last click), how many it opened or helped without
--   closing (assisted), and their revenue. An order touched by several channels stands in each one's line, so the lines are not
--   to be added up. An assist ratio above 1 marks a channel that works before others close.
-- section: Attribution
-- chart: bar x=channel y=closed_revenue,assisted_revenue top=10
-- format: touched_orders integer, closed_orders integer, assisted_orders integer, closed_revenue money, assisted_revenue money,
--   assist_ratio decimal 2
WITH touched AS (
    SELECT DISTINCT order_key, channel FROM order_touches WHERE dimension = 'utm_source'
),

judged AS (
    SELECT
        touched.channel,
        purchase_attribution.revenue_cents,
        CASE WHEN purchase_attribution.last_click_channel = touched.channel THEN 1 ELSE 0 END AS is_closed
    FROM touched
    JOIN purchase_attribution ON purchase_attribution.order_key = touched.order_key
),

totals AS (
    SELECT
        channel,
        COUNT(*) AS touched_orders,
        CAST(SUM(is_closed) AS BIGINT) AS closed_orders,
        CAST(SUM(CASE WHEN is_closed = 1 THEN revenue_cents ELSE 0 END) AS BIGINT) AS closed_cents,
        CAST(SUM(CASE WHEN is_closed = 0 THEN revenue_cents ELSE 0 END) AS BIGINT) AS assisted_cents
    FROM judged
    GROUP BY channel
)

SELECT
    channel,
    touched_orders,
    closed_orders,
    touched_orders - closed_orders AS assisted_orders,
    CAST(closed_cents AS DOUBLE PRECISION) / 100 AS closed_revenue,
    CAST(assisted_cents AS DOUBLE PRECISION) / 100 AS assisted_revenue,
    CAST(touched_orders - closed_orders AS DOUBLE PRECISION) / NULLIF(closed_orders, 0) AS assist_ratio
FROM totals
ORDER BY closed_cents + assisted_cents DESC, channel
