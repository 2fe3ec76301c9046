-- title: Orders by weekday and hour
-- description: When people buy, in the report's time zone. day_count is how many days of that weekday the export has, whole or in part.
-- section: Revenue
-- chart: heatmap x=hour y=weekday value=orders
-- format: orders integer, events integer, day_count integer
WITH weekday_names (weekday, name) AS (
    VALUES (1, 'Monday'), (2, 'Tuesday'), (3, 'Wednesday'), (4, 'Thursday'), (5, 'Friday'), (6, 'Saturday'), (7, 'Sunday')
),

day_hours (hour) AS (
    VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15), (16), (17), (18), (19), (20), (21), (22), (23)
),

weekday_counts AS (
    SELECT calendar.weekday, COUNT(*) AS day_count
    FROM days
    JOIN calendar ON calendar.event_date = days.event_date
    GROUP BY calendar.weekday
),

found AS (
    SELECT
        calendar.weekday,
        hourly_events.hour_of_day,
        CAST(SUM(hourly_events.event_count) AS BIGINT) AS events,
        CAST(SUM(CASE WHEN hourly_events.event_kind = 'purchase' THEN hourly_events.event_count ELSE 0 END) AS BIGINT) AS orders
    FROM hourly_events
    JOIN calendar ON calendar.event_date = hourly_events.event_date
    GROUP BY calendar.weekday, hourly_events.hour_of_day
)

SELECT
    weekday_names.name AS weekday,
    day_hours.hour,
    COALESCE(found.orders, 0) AS orders,
    COALESCE(found.events, 0) AS events,
    weekday_counts.day_count
FROM weekday_names
JOIN weekday_counts ON weekday_counts.weekday = weekday_names.weekday
CROSS JOIN day_hours
LEFT JOIN found ON found.weekday = weekday_names.weekday AND found.hour_of_day = day_hours.hour
ORDER BY weekday_names.weekday, day_hours.hour
