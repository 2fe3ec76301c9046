-- title: Hours
-- description: Events, visits begun and purchases in each hour of each day, in the report's time zone.
-- grain: one row per day and hour with events
-- key: event_date, hour_of_day
SELECT
    event_date,
    hour_of_day,
    COUNT(*) AS events,
    COUNT(CASE WHEN session_number > 0 AND is_session_start = 1 THEN 1 END) AS sessions,
    COUNT(CASE WHEN event_kind = 'purchase' THEN 1 END) AS purchases
FROM event_stream
WHERE has_time = 1
GROUP BY event_date, hour_of_day
