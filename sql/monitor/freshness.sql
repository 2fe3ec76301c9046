-- title: Freshness
-- description: How many days lie between the latest complete day and the last day that the export speaks of, by events or by file
--   names. The machine's clock is not asked.
-- severity: warn
-- tier: health
-- message: The latest complete day is {observed} {observed:day|days} older than the export's last day. What came after it is partial or empty.
-- format: observed integer, expected integer
-- param max_lag_days: 1
WITH last_day AS (
    SELECT MAX(day_number) AS day_number
    FROM calendar
)

SELECT
    monitored_day.event_date AS subject,
    1 AS population,
    last_day.day_number - monitored_day.day_number AS observed,
    :max_lag_days AS expected,
    CASE WHEN last_day.day_number - monitored_day.day_number <= :max_lag_days THEN 1 ELSE 0 END AS passed
FROM monitored_day
CROSS JOIN last_day
ORDER BY monitored_day.event_date
