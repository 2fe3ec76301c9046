-- title: Browsers
-- description: Sessions, orders and revenue by the browser of the session's first event, with the 95% Wilson interval of the
--   conversion rate. One that converts far below the others of its device is a reason to try the checkout on it. Known bots are
--   left out of sessions and rates, not of revenue. Orders outside any session stand apart.
-- section: Devices
-- chart: bar x=browser y=conversion_rate low=low_rate high=high_rate top=12
-- format: sessions integer, purchases integer, revenue money, conversion_rate percent 2, low_rate percent 2, high_rate percent 2
-- param least_device_sessions: 200
WITH grouped AS (
    SELECT
        browser,
        CAST(SUM(CASE WHEN is_bot = 0 THEN sessions ELSE 0 END) AS BIGINT) AS sessions,
        CAST(SUM(CASE WHEN is_bot = 0 THEN buying_sessions ELSE 0 END) AS BIGINT) AS buying_sessions,
        CAST(SUM(orders) AS BIGINT) AS purchases,
        CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents
    FROM session_counts
    GROUP BY browser
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
        CASE WHEN sessions >= :least_device_sessions THEN CAST(sessions AS DOUBLE PRECISION) END AS n,
        CASE WHEN sessions >= :least_device_sessions THEN CAST(buying_sessions AS DOUBLE PRECISION) / sessions END AS conversion_rate
    FROM grouped
)

-- A rate over too few sessions is not given.
SELECT
    browser,
    sessions,
    purchases,
    CAST(revenue_cents AS DOUBLE PRECISION) / 100 AS revenue,
    conversion_rate,
    (conversion_rate + 1.9208 / n - 1.96 * SQRT((conversion_rate * (1 - conversion_rate) + 0.9604 / n) / n)) / (1 + 3.8416 / n) AS low_rate,
    (conversion_rate + 1.9208 / n + 1.96 * SQRT((conversion_rate * (1 - conversion_rate) + 0.9604 / n) / n)) / (1 + 3.8416 / n) AS high_rate
FROM rates
ORDER BY sessions DESC, revenue_cents DESC, browser
