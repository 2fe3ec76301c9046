-- title: New and returning visitors
-- description: A visitor is new in the first session that the export holds of the cookie, so the first days count too many as new, and a
--   cleared cookie is a new visitor. Known bots are left out of sessions and rates, not of revenue.
-- section: Visitors
-- chart: bar x=visitor y=conversion_rate low=low_rate high=high_rate
-- format: sessions integer, purchases integer, revenue money, conversion_rate percent 2, low_rate percent 2, high_rate percent 2,
--   revenue_per_session money
WITH kinds (is_new_user, visitor) AS (
    VALUES (1, 'new'), (0, 'returning')
),

grouped AS (
    SELECT
        is_new_user,
        CAST(SUM(CASE WHEN is_bot = 0 THEN sessions ELSE 0 END) AS BIGINT) AS sessions,
        CAST(SUM(CASE WHEN is_bot = 0 THEN buying_sessions ELSE 0 END) AS BIGINT) AS buying_sessions,
        CAST(SUM(orders) AS BIGINT) AS purchases,
        CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents
    FROM session_counts
    GROUP BY is_new_user
    UNION ALL
    SELECT -1, 0, 0, COUNT(*), CAST(SUM(orders.revenue_cents) AS BIGINT)
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
    COALESCE(kinds.visitor, '(no session)') AS visitor,
    rates.sessions,
    rates.purchases,
    CAST(rates.revenue_cents AS DOUBLE PRECISION) / 100 AS revenue,
    rates.conversion_rate,
    (conversion_rate + 1.9208 / n - 1.96 * SQRT((conversion_rate * (1 - conversion_rate) + 0.9604 / n) / n)) / (1 + 3.8416 / n) AS low_rate,
    (conversion_rate + 1.9208 / n + 1.96 * SQRT((conversion_rate * (1 - conversion_rate) + 0.9604 / n) / n)) / (1 + 3.8416 / n) AS high_rate,
    CAST(rates.revenue_cents AS DOUBLE PRECISION) / 100 / n AS revenue_per_session
FROM rates
LEFT JOIN kinds ON kinds.is_new_user = rates.is_new_user
ORDER BY rates.is_new_user DESC
