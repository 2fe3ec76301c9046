-- title: Sessions by landing page, counted
-- description: Sessions and what came of them by their first page, day and kind of visitor.
-- grain: one row per day, landing host and path, person or bot
-- key: session_date, landing_host, landing_path, is_bot
-- cluster: session_date, landing_host, landing_path, is_bot
-- incremental: session_date
-- effort: 6
SELECT
    session_date,
    COALESCE(landing_host, '(no page)') AS landing_host,
    COALESCE(landing_path, '(no page)') AS landing_path,
    is_bot,
    COUNT(*) AS sessions,
    CAST(SUM(is_bounce) AS BIGINT) AS bounces,
    COUNT(CASE WHEN purchase_count > 0 THEN 1 END) AS buying_sessions,
    CAST(SUM(purchase_count) AS BIGINT) AS orders,
    CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents
FROM sessions
GROUP BY session_date, COALESCE(landing_host, '(no page)'), COALESCE(landing_path, '(no page)'), is_bot
