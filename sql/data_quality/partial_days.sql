-- title: Partial days
-- description: Days whose records do not reach as far to both ends of the day as they usually do. They are left out of every comparison of
--   volumes, and of monitoring.
-- severity: info
-- defect: cut_day
-- defect: late_start
-- needs: dated records
-- message: {subject} has records for a part of the day only.
-- cause: The export begins or ends within the day, in the report's time zone, or tracking did.
-- remedy: Wait for the rest of the day, or give --timezone the zone that the export is cut in.
SELECT
    event_date AS subject,
    event_count AS population,
    is_whole AS observed,
    1 AS expected,
    is_whole AS passed,
    event_date AS since,
    event_date AS until
FROM quality_days
ORDER BY event_date
