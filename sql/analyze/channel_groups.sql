-- title: Channel groups
-- description: Sessions, orders and revenue by the channel group of the visit in which the order was made (GA4's default grouping: UTM
--   values, click ids, referrer), with the 95% Wilson interval of the conversion rate. Orders outside any session stand apart.
-- section: Channels
-- chart: bar x=channel_group y=revenue
-- format: sessions integer, purchases integer, revenue money, conversion_rate percent 2, low_rate percent 2, high_rate percent 2
-- order: 3
WITH grouped AS (
    SELECT
        channel_group,
        CAST(SUM(CASE WHEN is_bot = 0 THEN sessions ELSE 0 END) AS BIGINT) AS sessions,
        CAST(SUM(CASE WHEN is_bot = 0 THEN buying_sessions ELSE 0 END) AS BIGINT) AS buying_sessions,
        CAST(SUM(orders) AS BIGINT) AS purchases,
        CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents
    FROM session_counts
    GROUP BY channel_group
    UNION ALL
    SELECT '(no session)', 0, 0, COUNT(*), CAST(SUM(orders.revenue_cents) AS BIGINT)
    FROM orders
    LEFT JOIN sessions ON
        sessions.client_key = orders.client_key
        AND sessions.session_number = orders.session_number
    WHERE sessions.client_key IS NULL
    HAVING COUNT(*) > 0
),

rates AS (
    SELECT
        grouped.*,
        CAST(NULLIF(sessions, 0) AS DOUBLE PRECISION) AS n,
        CAST(buying_sessions AS DOUBLE PRECISION) / NULLIF(sessions, 0) AS conversion_rate
    FROM grouped
)

SELECT
    channel_group,
    sessions,
    purchases,
    CAST(revenue_cents AS DOUBLE PRECISION) / 100 AS revenue,
    conversion_rate,
    (conversion_rate + 1.9208 / n - 1.96 * SQRT((conversion_rate * (1 - conversion_rate) + 0.9604 / n) / n)) / (1 + 3.8416 / n) AS low_rate,
    (conversion_rate + 1.9208 / n + 1.96 * SQRT((conversion_rate * (1 - conversion_rate) + 0.9604 / n) / n)) / (1 + 3.8416 / n) AS high_rate
FROM rates
ORDER BY revenue_cents DESC, sessions DESC, channel_group
