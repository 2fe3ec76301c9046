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

-- samples
WITH edges AS (
    SELECT
        raw_events.event_date,
        raw_events.event_id,
        ROW_NUMBER() OVER (PARTITION BY raw_events.event_date ORDER BY raw_events.occurred_at_ms, raw_events.event_id) AS first_number,
        ROW_NUMBER() OVER (PARTITION BY raw_events.event_date ORDER BY raw_events.occurred_at_ms DESC, raw_events.event_id DESC) AS last_number
    FROM quality_days
    JOIN raw_events ON raw_events.event_date = quality_days.event_date
    WHERE quality_days.is_whole = 0
)

SELECT edges.event_date AS subject, event_lines.file_name, event_lines.line_number, CASE WHEN edges.first_number = 1 THEN 'the first of the day: ' ELSE 'the last of the day: ' END || event_lines.what AS reason
FROM edges
JOIN event_lines ON event_lines.event_id = edges.event_id
WHERE edges.first_number = 1 OR edges.last_number = 1
ORDER BY edges.event_id
