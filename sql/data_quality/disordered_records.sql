-- title: Records out of order
-- description: Records with an earlier time than one before them in their file (those that are not on its day left out), where the file's habit is to be in order. Reports sort by
--   time and are not touched; but a file that is suddenly out of order was put together in another way.
-- severity: info
-- format: observed percent 2, expected percent 2
-- defect: unordered_timestamps
-- message: {observed} of the records of {subject} are out of order; the middle file has {expected}.
-- cause: The file was put together from parts.
-- remedy: Look for parts that are there twice, or not at all.
-- param max_disorder_change: 0.01
-- param sample_rows: as in exact_duplicates
WITH rates AS (
    SELECT
        file_name,
        file_date,
        loaded_count,
        disordered_count,
        CAST(disordered_count AS DOUBLE PRECISION) / loaded_count AS disorder_rate,
        ROW_NUMBER() OVER (ORDER BY CAST(disordered_count AS DOUBLE PRECISION) / loaded_count, file_id) AS rate_rank,
        COUNT(*) OVER () AS file_count
    FROM input_files
    WHERE loaded_count > 0
),

middle AS (
    SELECT disorder_rate FROM rates WHERE rate_rank * 2 - file_count IN (0, 1)
)

SELECT
    rates.file_name AS subject,
    rates.loaded_count AS population,
    rates.disorder_rate AS observed,
    middle.disorder_rate AS expected,
    CASE WHEN rates.disorder_rate <= middle.disorder_rate + :max_disorder_change THEN 1 ELSE 0 END AS passed,
    rates.file_name,
    rates.file_date AS since,
    rates.file_date AS until,
    rates.disordered_count AS events_touched
FROM rates
CROSS JOIN middle
ORDER BY rates.file_name

-- samples
WITH with_latest AS (
    SELECT
        raw_events.file_id,
        raw_events.event_id,
        raw_events.occurred_at_ms,
        MAX(raw_events.occurred_at_ms) OVER (PARTITION BY raw_events.file_id ORDER BY raw_events.event_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS latest_ms
    FROM raw_events
    JOIN input_files ON input_files.file_id = raw_events.file_id
    LEFT JOIN calendar ON calendar.event_date = input_files.file_date
    WHERE
        input_files.disordered_count > 0
        AND (
            input_files.file_date IS NULL
            OR raw_events.event_date = input_files.file_date
            OR raw_events.occurred_at_ms BETWEEN calendar.day_number * 86400000 AND calendar.day_number * 86400000 + 86399999
        )
),

found AS (
    SELECT file_id, event_id, ROW_NUMBER() OVER (PARTITION BY file_id ORDER BY event_id) AS sample_number
    FROM with_latest
    WHERE occurred_at_ms < latest_ms
)

SELECT event_lines.file_name AS subject, event_lines.file_name, event_lines.line_number, 'earlier than a record before it: ' || event_lines.what AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id
