-- title: Events arrive
-- description: A day, or a day's file, without a single event. The latest day of the export is asked, complete or not: an empty file
--   after good days is the commonest way for a broken export to look like a quiet one.
-- severity: critical
-- tier: health
-- message: No event on {subject}. Look whether the export or the tag has stopped.
-- param least_events: 1
WITH last_day AS (
    SELECT event_date, day_number
    FROM calendar
    WHERE day_number = (SELECT MAX(day_number) FROM calendar)
)

SELECT
    last_day.event_date AS subject,
    1 AS population,
    COALESCE(days.event_count, 0) AS observed,
    :least_events AS expected,
    CASE WHEN COALESCE(days.event_count, 0) >= :least_events THEN 1 ELSE 0 END AS passed
FROM last_day
LEFT JOIN days ON days.event_date = last_day.event_date
ORDER BY last_day.event_date
