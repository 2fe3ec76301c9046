-- title: This week and the week before
-- description: Sessions, orders, revenue, conversion rate and average order value of the seven complete days up to the monitored
--   day, and of the seven before. change is NULL where either week lacks a day. z is how far the change in a count is from
--   what chance alone would do (difference over the root of the sum): beyond 2 it is worth a word.
-- section: Revenue
-- format: this_week decimal 2, week_before decimal 2, change percent 1, z decimal 2
WITH week_days AS (
    SELECT week, COUNT(*) AS day_count FROM weeks GROUP BY week
),

session_counts AS (
    SELECT
        weeks.week,
        COUNT(*) AS sessions,
        COUNT(CASE WHEN sessions.purchase_count > 0 THEN 1 END) AS buying_sessions
    FROM weeks
    JOIN sessions ON sessions.session_date = weeks.event_date
    WHERE sessions.is_bot = 0
    GROUP BY weeks.week
),

order_counts AS (
    SELECT weeks.week, COUNT(*) AS orders, CAST(SUM(orders.revenue_cents) AS BIGINT) AS revenue_cents
    FROM weeks
    JOIN orders ON orders.event_date = weeks.event_date
    GROUP BY weeks.week
),

whole_weeks AS (
    SELECT
        week_days.week,
        CAST(COALESCE(session_counts.sessions, 0) AS DOUBLE PRECISION) AS sessions,
        CAST(COALESCE(session_counts.buying_sessions, 0) AS DOUBLE PRECISION) AS buying_sessions,
        CAST(COALESCE(order_counts.orders, 0) AS DOUBLE PRECISION) AS orders,
        CAST(COALESCE(order_counts.revenue_cents, 0) AS DOUBLE PRECISION) / 100 AS revenue
    FROM week_days
    LEFT JOIN session_counts ON session_counts.week = week_days.week
    LEFT JOIN order_counts ON order_counts.week = week_days.week
    WHERE week_days.day_count = 7
),

pairs AS (
    SELECT
        now.sessions AS sessions,
        before.sessions AS sessions_before,
        now.orders AS orders,
        before.orders AS orders_before,
        now.revenue AS revenue,
        before.revenue AS revenue_before,
        now.buying_sessions / NULLIF(now.sessions, 0) AS conversion_rate,
        before.buying_sessions / NULLIF(before.sessions, 0) AS conversion_rate_before,
        now.revenue / NULLIF(now.orders, 0) AS avg_order_value,
        before.revenue / NULLIF(before.orders, 0) AS avg_order_value_before
    FROM whole_weeks AS now
    JOIN whole_weeks AS before ON now.week = 'this_week' AND before.week = 'week_before'
),

measures AS (
    SELECT 1 AS measure_number, 'revenue' AS measure, revenue AS this_week, revenue_before AS week_before FROM pairs
    UNION ALL
    SELECT 2, 'orders', orders, orders_before FROM pairs
    UNION ALL
    SELECT 3, 'sessions', sessions, sessions_before FROM pairs
    UNION ALL
    SELECT 4, 'conversion_rate', conversion_rate, conversion_rate_before FROM pairs
    UNION ALL
    SELECT 5, 'avg_order_value', avg_order_value, avg_order_value_before FROM pairs
)

SELECT
    measure,
    this_week,
    week_before,
    this_week / NULLIF(week_before, 0) - 1 AS change,
    CASE WHEN measure IN ('orders', 'sessions') THEN (this_week - week_before) / NULLIF(SQRT(this_week + week_before), 0) END AS z
FROM measures
ORDER BY measure_number
