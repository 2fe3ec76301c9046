-- title: Revenue by device
-- description: Sessions by the device of their first event, and the orders and revenue made in them. An order outside any session
--   (its client or time is not known) counts for the device that sent it.
-- section: Devices
-- chart: bar x=device_type y=revenue name=revenue_by_device
-- format: revenue money, revenue_per_session money, sessions integer, purchases integer
WITH parts AS (
    SELECT device_type, CAST(SUM(sessions) AS BIGINT) AS sessions, CAST(0 AS BIGINT) AS purchases, CAST(0 AS BIGINT) AS revenue_cents
    FROM session_counts
    GROUP BY device_type
    UNION ALL
    SELECT device_type, 0 AS sessions, COUNT(*) AS purchases, CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents
    FROM orders
    GROUP BY device_type
),

devices_seen AS (
    SELECT
        device_type,
        CAST(SUM(sessions) AS BIGINT) AS sessions,
        CAST(SUM(purchases) AS BIGINT) AS purchases,
        CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents
    FROM parts
    GROUP BY device_type
)

SELECT
    device_type,
    sessions,
    purchases,
    CAST(revenue_cents AS DOUBLE PRECISION) / 100 AS revenue,
    CAST(revenue_cents AS DOUBLE PRECISION) / 100 / NULLIF(sessions, 0) AS revenue_per_session
FROM devices_seen
ORDER BY revenue DESC, device_type
