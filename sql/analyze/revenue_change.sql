-- title: Why revenue moved
-- description: The change of revenue from the week before to the last seven complete days, split exactly, to the cent, into what the number
--   of sessions did, what orders per session did, and what the value of an order did: overall (all), and within each channel,
--   device and landing page. Each factor's part is the mean over the orders in which the three could have changed (Shapley), so
--   none is favoured. The parts of a line add up to its change, and the changes of a dimension's lines to the overall
--   one; parts are not added up over lines, as the mix of lines moves too. A line without orders in one week keeps the other's
--   order value. Pages below the least number of sessions are one line. Orders in no session stand in a line of their own,
--   without parts.
-- section: Why revenue moved
-- format: revenue_before money, revenue money, change money, from_sessions money, from_conversion money, from_order_value money
-- param least_page_sessions: 100
WITH week_sessions AS MATERIALIZED (
    SELECT weeks.week, session_counts.channel, session_counts.device_type, CAST(SUM(session_counts.sessions) AS BIGINT) AS sessions
    FROM weeks
    JOIN session_counts ON session_counts.session_date = weeks.event_date
    WHERE session_counts.is_bot = 0
    GROUP BY weeks.week, session_counts.channel, session_counts.device_type
),

larger_pages AS MATERIALIZED (
    SELECT landing_path
    FROM landing_counts
    WHERE is_bot = 0
    GROUP BY landing_path
    HAVING SUM(sessions) >= :least_page_sessions
),

visits AS (
    SELECT week, 'channel' AS dimension, channel AS segment, CAST(SUM(sessions) AS BIGINT) AS sessions
    FROM week_sessions
    GROUP BY week, channel
    UNION ALL
    SELECT week, 'device', device_type, CAST(SUM(sessions) AS BIGINT)
    FROM week_sessions
    GROUP BY week, device_type
    UNION ALL
    SELECT week, 'all', 'all sessions', CAST(SUM(sessions) AS BIGINT)
    FROM week_sessions
    GROUP BY week
    UNION ALL
    SELECT weeks.week, 'landing page', COALESCE(larger_pages.landing_path, '(all other pages)'), CAST(SUM(landing_counts.sessions) AS BIGINT)
    FROM weeks
    JOIN landing_counts ON landing_counts.session_date = weeks.event_date
    LEFT JOIN larger_pages ON larger_pages.landing_path = landing_counts.landing_path
    WHERE landing_counts.is_bot = 0
    GROUP BY weeks.week, COALESCE(larger_pages.landing_path, '(all other pages)')
),

sales AS MATERIALIZED (
    SELECT
        weeks.week,
        orders.revenue_cents,
        sessions.channel,
        CASE WHEN sessions.client_key IS NOT NULL THEN orders.device_type END AS device_type,
        CASE WHEN sessions.client_key IS NOT NULL THEN COALESCE(larger_pages.landing_path, '(all other pages)') END AS landing_path,
        CASE WHEN sessions.client_key IS NOT NULL THEN 'all sessions' END AS everything
    FROM weeks
    JOIN orders ON orders.event_date = weeks.event_date
    LEFT JOIN sessions ON
        sessions.client_key = orders.client_key
        AND sessions.session_number = orders.session_number
    LEFT JOIN larger_pages ON larger_pages.landing_path = COALESCE(sessions.landing_path, '(no page)')
),

parts AS (
    SELECT dimension, segment, week, sessions, CAST(0 AS BIGINT) AS orders, CAST(0 AS BIGINT) AS revenue_cents
    FROM visits
    UNION ALL
    SELECT 'channel', COALESCE(channel, '(no session)'), week, 0, 1, revenue_cents
    FROM sales
    UNION ALL
    SELECT 'device', COALESCE(device_type, '(no session)'), week, 0, 1, revenue_cents
    FROM sales
    UNION ALL
    SELECT 'landing page', COALESCE(landing_path, '(no session)'), week, 0, 1, revenue_cents
    FROM sales
    UNION ALL
    SELECT 'all', COALESCE(everything, '(no session)'), week, 0, 1, revenue_cents
    FROM sales
),

segments AS (
    SELECT
        dimension,
        segment,
        CAST(SUM(CASE WHEN week = 'week_before' THEN sessions ELSE 0 END) AS BIGINT) AS sessions_before,
        CAST(SUM(CASE WHEN week = 'this_week' THEN sessions ELSE 0 END) AS BIGINT) AS sessions,
        CAST(SUM(CASE WHEN week = 'week_before' THEN orders ELSE 0 END) AS BIGINT) AS orders_before,
        CAST(SUM(CASE WHEN week = 'this_week' THEN orders ELSE 0 END) AS BIGINT) AS orders,
        CAST(SUM(CASE WHEN week = 'week_before' THEN revenue_cents ELSE 0 END) AS BIGINT) AS cents_before,
        CAST(SUM(CASE WHEN week = 'this_week' THEN revenue_cents ELSE 0 END) AS BIGINT) AS cents
    FROM parts
    GROUP BY dimension, segment
),

both_weeks AS (
    SELECT COUNT(DISTINCT week) AS week_count, COUNT(*) AS day_count FROM weeks
),

factors AS (
    SELECT
        segments.*,
        CAST(sessions_before AS DOUBLE PRECISION) AS s0,
        CAST(sessions AS DOUBLE PRECISION) AS s1,
        COALESCE(CAST(orders_before AS DOUBLE PRECISION) / NULLIF(sessions_before, 0), CAST(orders AS DOUBLE PRECISION) / NULLIF(sessions, 0)) AS c0,
        COALESCE(CAST(orders AS DOUBLE PRECISION) / NULLIF(sessions, 0), CAST(orders_before AS DOUBLE PRECISION) / NULLIF(sessions_before, 0)) AS c1,
        COALESCE(CAST(cents_before AS DOUBLE PRECISION) / NULLIF(orders_before, 0), CAST(cents AS DOUBLE PRECISION) / NULLIF(orders, 0), 0) AS v0,
        COALESCE(CAST(cents AS DOUBLE PRECISION) / NULLIF(orders, 0), CAST(cents_before AS DOUBLE PRECISION) / NULLIF(orders_before, 0), 0) AS v1
    FROM segments
    CROSS JOIN both_weeks
    WHERE both_weeks.week_count = 2 AND both_weeks.day_count = 14
),

shares AS (
    SELECT
        factors.*,
        CASE WHEN segment <> '(no session)' THEN CAST(FLOOR(0.5 + (s1 - s0) * ((c0 * v0 + c1 * v1) / 3 + (c0 * v1 + c1 * v0) / 6)) AS BIGINT) END AS session_cents,
        CASE WHEN segment <> '(no session)' THEN CAST(FLOOR(0.5 + (c1 - c0) * ((s0 * v0 + s1 * v1) / 3 + (s0 * v1 + s1 * v0) / 6)) AS BIGINT) END AS conversion_cents
    FROM factors
)

SELECT
    dimension,
    segment,
    sessions_before,
    sessions,
    orders_before,
    orders,
    CAST(cents_before AS DOUBLE PRECISION) / 100 AS revenue_before,
    CAST(cents AS DOUBLE PRECISION) / 100 AS revenue,
    CAST(cents - cents_before AS DOUBLE PRECISION) / 100 AS change,
    CAST(session_cents AS DOUBLE PRECISION) / 100 AS from_sessions,
    CAST(conversion_cents AS DOUBLE PRECISION) / 100 AS from_conversion,
    CAST(cents - cents_before - session_cents - conversion_cents AS DOUBLE PRECISION) / 100 AS from_order_value
FROM shares
WHERE sessions + sessions_before + orders + orders_before > 0
ORDER BY
    CASE dimension WHEN 'all' THEN 1 WHEN 'channel' THEN 2 WHEN 'device' THEN 3 ELSE 4 END,
    ABS(cents - cents_before) DESC,
    segment
