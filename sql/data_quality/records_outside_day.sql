-- title: Records outside their file's day
-- description: Records that are on the day in their file's name neither in UTC nor in the report's time zone. Reports go by the record's
--   own day.
-- severity: warn
-- format: observed percent 2, expected percent 2
-- needs: files with a date in their names
-- defect: foreign_rows
-- defect: future_timestamps
-- defect: copied_file
-- defect: overlapping_content
-- follows: identical_files, overlapping_files
-- message: {events_touched} of {population} {population:record|records} of {subject} ({observed}) {events_touched:is|are} not on its day.
-- cause: Records that came late or from a clock that is wrong; in every file, an export that is cut in a third time zone.
-- remedy: If every file has them, give --timezone the shop's own. Otherwise ask why the records came late, and read the day before again.
-- param max_outside_day_rate: 0.001
-- param sample_rows: as in exact_duplicates
SELECT
    file_name AS subject,
    CASE WHEN file_date IS NULL THEN 0 ELSE loaded_count END AS population,
    CASE WHEN loaded_count > 0 THEN CAST(outside_day_count AS DOUBLE PRECISION) / loaded_count END AS observed,
    :max_outside_day_rate AS expected,
    CASE WHEN outside_day_count <= :max_outside_day_rate * loaded_count THEN 1 ELSE 0 END AS passed,
    file_name,
    file_date AS since,
    file_date AS until,
    outside_day_count AS events_touched
FROM input_files
ORDER BY file_name

-- samples
WITH found AS (
    SELECT
        raw_events.file_id,
        raw_events.event_id,
        raw_events.line_number,
        raw_events.event_date,
        ROW_NUMBER() OVER (PARTITION BY raw_events.file_id ORDER BY raw_events.event_id) AS sample_number
    FROM raw_events
    JOIN input_files ON input_files.file_id = raw_events.file_id
    JOIN calendar ON calendar.event_date = input_files.file_date
    WHERE
        input_files.outside_day_count > 0
        AND raw_events.event_date <> input_files.file_date
        AND (raw_events.occurred_at_ms < calendar.day_number * 86400000 OR raw_events.occurred_at_ms >= calendar.day_number * 86400000 + 86400000)
)

SELECT input_files.file_name AS subject, input_files.file_name, found.line_number, 'is on ' || found.event_date AS reason
FROM found
JOIN input_files ON input_files.file_id = found.file_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id
