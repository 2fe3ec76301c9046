-- title: This week and the week before
-- description: Revenue, orders, sessions, conversion rate and average order value of the seven complete days up to the monitored day, and
--   of the seven before; no row where either week lacks a day. Sessions leave known bots out. z says how far a change is
--   from what chance alone would do: counts by their spread between the weekdays of both weeks (at least Poisson's), rates by
--   the two-proportion test, money by the spread of the orders. Beyond 2 it is worth a word; verdict says which.
-- section: Revenue
-- format: change percent 1, z decimal 2
-- param insight_least_z: 2.0
WITH visits AS (
    SELECT
        session_date,
        CAST(SUM(sessions) AS BIGINT) AS sessions,
        CAST(SUM(buying_sessions) AS BIGINT) AS buying_sessions
    FROM session_counts
    WHERE is_bot = 0
    GROUP BY session_date
),

sales AS (
    SELECT
        event_date,
        COUNT(*) AS orders,
        CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents,
        -- In whole units of money, so that squares of them have room.
        CAST(SUM(((revenue_cents - revenue_cents % 100) / 100) * ((revenue_cents - revenue_cents % 100) / 100)) AS BIGINT) AS squares
    FROM orders
    GROUP BY event_date
),

week_days AS (
    SELECT
        weeks.week,
        CASE WHEN weeks.week = 'this_week' THEN weeks.day_number ELSE weeks.day_number + 7 END AS pair_number,
        COALESCE(visits.sessions, 0) AS sessions,
        COALESCE(visits.buying_sessions, 0) AS buying_sessions,
        COALESCE(sales.orders, 0) AS orders,
        COALESCE(sales.revenue_cents, 0) AS revenue_cents,
        COALESCE(sales.squares, 0) AS squares
    FROM weeks
    LEFT JOIN visits ON visits.session_date = weeks.event_date
    LEFT JOIN sales ON sales.event_date = weeks.event_date
),

day_pairs AS (
    SELECT
        pair_number,
        COUNT(*) AS day_count,
        CAST(SUM(CASE WHEN week = 'this_week' THEN sessions ELSE -sessions END) AS BIGINT) AS sessions_gain,
        CAST(SUM(CASE WHEN week = 'this_week' THEN orders ELSE -orders END) AS BIGINT) AS orders_gain
    FROM week_days
    GROUP BY pair_number
),

spreads AS (
    SELECT
        CAST(7 * SUM(sessions_gain * sessions_gain) - SUM(sessions_gain) * SUM(sessions_gain) AS DOUBLE PRECISION) / 42 AS sessions_variance,
        CAST(7 * SUM(orders_gain * orders_gain) - SUM(orders_gain) * SUM(orders_gain) AS DOUBLE PRECISION) / 42 AS orders_variance
    FROM day_pairs
    WHERE day_count = 2
    HAVING COUNT(*) = 7
),

totals AS (
    SELECT
        week,
        CAST(SUM(sessions) AS DOUBLE PRECISION) AS sessions,
        CAST(SUM(buying_sessions) AS DOUBLE PRECISION) AS buyers,
        CAST(SUM(orders) AS DOUBLE PRECISION) AS orders,
        CAST(SUM(revenue_cents) AS DOUBLE PRECISION) / 100 AS revenue,
        CAST(SUM(squares) AS DOUBLE PRECISION) AS squares
    FROM week_days
    GROUP BY week
),

both_weeks AS (
    SELECT
        now.sessions,
        before.sessions AS sessions_before,
        now.orders,
        before.orders AS orders_before,
        now.revenue,
        before.revenue AS revenue_before,
        now.squares,
        before.squares AS squares_before,
        now.buyers / NULLIF(now.sessions, 0) AS rate,
        before.buyers / NULLIF(before.sessions, 0) AS rate_before,
        (now.buyers + before.buyers) / NULLIF(now.sessions + before.sessions, 0) AS pooled_rate,
        now.revenue / NULLIF(now.orders, 0) AS order_value,
        before.revenue / NULLIF(before.orders, 0) AS order_value_before,
        (now.squares / NULLIF(now.orders, 0) - (now.revenue / NULLIF(now.orders, 0)) * (now.revenue / NULLIF(now.orders, 0))) / NULLIF(now.orders, 0)
            + (before.squares / NULLIF(before.orders, 0) - (before.revenue / NULLIF(before.orders, 0)) * (before.revenue / NULLIF(before.orders, 0)))
            / NULLIF(before.orders, 0) AS value_spread,
        spreads.sessions_variance * 7 AS sessions_spread,
        spreads.orders_variance * 7 AS orders_spread
    FROM spreads
    JOIN totals AS now ON now.week = 'this_week'
    JOIN totals AS before ON before.week = 'week_before'
),

measures AS (
    SELECT
        1 AS measure_number,
        'revenue' AS measure,
        revenue AS this_week,
        revenue_before AS week_before,
        (revenue - revenue_before) / NULLIF(SQRT(squares + squares_before), 0) AS z
    FROM both_weeks
    UNION ALL
    SELECT
        2,
        'orders',
        orders,
        orders_before,
        (orders - orders_before) / NULLIF(SQRT(CASE WHEN orders_spread > orders + orders_before THEN orders_spread ELSE orders + orders_before END), 0)
    FROM both_weeks
    UNION ALL
    SELECT
        3,
        'sessions',
        sessions,
        sessions_before,
        (sessions - sessions_before)
            / NULLIF(SQRT(CASE WHEN sessions_spread > sessions + sessions_before THEN sessions_spread ELSE sessions + sessions_before END), 0)
    FROM both_weeks
    UNION ALL
    SELECT
        4,
        'conversion_rate',
        rate,
        rate_before,
        (rate - rate_before) / NULLIF(SQRT(pooled_rate * (1 - pooled_rate) * (1 / NULLIF(sessions, 0) + 1 / NULLIF(sessions_before, 0))), 0)
    FROM both_weeks
    UNION ALL
    SELECT
        5,
        'avg_order_value',
        order_value,
        order_value_before,
        (order_value - order_value_before) / SQRT(CASE WHEN value_spread > 0 THEN value_spread END)
    FROM both_weeks
)

SELECT
    measure,
    this_week,
    week_before,
    this_week / NULLIF(week_before, 0) - 1 AS change,
    z,
    CASE
        WHEN z IS NULL THEN 'unknown'
        WHEN ABS(z) < :insight_least_z THEN 'within chance'
        WHEN z > 0 THEN 'up'
        ELSE 'down'
    END AS verdict
FROM measures
ORDER BY measure_number
