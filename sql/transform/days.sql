-- title: Days
-- description: One row per day with events. A day is complete where its events reach as far to both ends of the day as they do
--   on at least half of the days, give or take the tolerance; the first and last day of an export are often cut off.
--   Only complete days are compared with each other.
-- grain: one row per calendar day
-- key: event_date
-- param day_edge_tolerance_hours: 3
WITH totals AS (
    SELECT
        event_date,
        CAST(SUM(event_count) AS BIGINT) AS event_count,
        CAST(SUM(CASE WHEN event_kind = 'purchase' THEN event_count ELSE 0 END) AS BIGINT) AS purchase_count,
        MIN(hour_of_day) AS first_hour,
        MAX(hour_of_day) AS last_hour,
        COUNT(DISTINCT hour_of_day) AS hour_count
    FROM hourly_events
    WHERE hour_of_day >= 0
    GROUP BY event_date
),

edges AS (
    SELECT
        days.event_date,
        COUNT(*) AS day_count,
        COUNT(CASE WHEN days.first_hour <= others.first_hour + :day_edge_tolerance_hours THEN 1 END) AS starts_as_early_as,
        COUNT(CASE WHEN days.last_hour >= others.last_hour - :day_edge_tolerance_hours THEN 1 END) AS ends_as_late_as
    FROM totals AS days
    CROSS JOIN totals AS others
    GROUP BY days.event_date
)

SELECT
    totals.event_date,
    calendar.day_number,
    calendar.weekday,
    totals.event_count,
    totals.purchase_count,
    totals.first_hour,
    totals.last_hour,
    totals.hour_count,
    CASE WHEN edges.starts_as_early_as * 2 >= edges.day_count AND edges.ends_as_late_as * 2 >= edges.day_count THEN 1 ELSE 0 END AS is_complete
FROM totals
JOIN edges ON edges.event_date = totals.event_date
JOIN calendar ON calendar.event_date = totals.event_date
