-- title: Days as the checks see them
-- description: The days with records, before anything is dropped. A day is whole where its records reach as far to both ends of the
--   day as they do on at least half of the days, give or take the tolerance: volumes and hours are compared on whole
--   days only.
-- grain: one row per calendar day with dated records
-- key: event_date
-- param day_edge_tolerance_hours: 3
WITH totals AS (
    SELECT
        event_date,
        CAST(SUM(event_count) AS BIGINT) AS event_count,
        MIN(hour_of_day) AS first_hour,
        MAX(hour_of_day) AS last_hour
    FROM event_counts
    WHERE event_date <> 'undated'
    GROUP BY event_date
),

edges AS (
    SELECT
        totals.event_date,
        COUNT(*) AS day_count,
        COUNT(CASE WHEN totals.first_hour <= others.first_hour + :day_edge_tolerance_hours THEN 1 END) AS starts_as_early_as,
        COUNT(CASE WHEN totals.last_hour >= others.last_hour - :day_edge_tolerance_hours THEN 1 END) AS ends_as_late_as
    FROM totals
    CROSS JOIN totals AS others
    GROUP BY totals.event_date
)

SELECT
    totals.event_date,
    calendar.day_number,
    calendar.weekday,
    totals.event_count,
    CASE WHEN edges.starts_as_early_as * 2 >= edges.day_count AND edges.ends_as_late_as * 2 >= edges.day_count THEN 1 ELSE 0 END AS is_whole
FROM totals
JOIN edges ON edges.event_date = totals.event_date
JOIN calendar ON calendar.event_date = totals.event_date
