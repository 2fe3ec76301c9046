-- title: Exact duplicates
-- description: Records with the same file, time, event, payload, page, referrer and client as an earlier one. They are dropped and counted.
-- severity: warn
-- format: observed percent 2, expected percent 2
-- defect: exact_duplicates
-- follows: missing_required_columns, readable_timestamps
-- message: {events_touched} of {population} {population:record|records} of {subject} ({observed}) {events_touched:is an exact duplicate; it is|are exact duplicates; they are} left out.
-- cause: The export, or the queue before it, wrote records twice.
-- remedy: None is needed for these reports. Have the export written once.
-- param max_exact_duplicate_rate: 0.002
-- param sample_rows: 20
WITH copies AS (
    SELECT CAST((event_id - event_id % 4294967296) / 4294967296 AS BIGINT) AS file_id, COUNT(*) AS copy_count
    FROM duplicates
    GROUP BY CAST((event_id - event_id % 4294967296) / 4294967296 AS BIGINT)
)

SELECT
    input_files.file_name AS subject,
    input_files.loaded_count AS population,
    CASE WHEN input_files.loaded_count > 0 THEN CAST(COALESCE(copies.copy_count, 0) AS DOUBLE PRECISION) / input_files.loaded_count END AS observed,
    :max_exact_duplicate_rate AS expected,
    CASE WHEN COALESCE(copies.copy_count, 0) <= :max_exact_duplicate_rate * input_files.loaded_count THEN 1 ELSE 0 END AS passed,
    input_files.file_name,
    input_files.file_date AS since,
    input_files.file_date AS until,
    COALESCE(copies.copy_count, 0) AS events_touched
FROM input_files
LEFT JOIN copies ON copies.file_id = input_files.file_id
ORDER BY input_files.file_name

-- samples
WITH found AS (
    SELECT
        raw_events.file_id,
        raw_events.event_id,
        raw_events.line_number,
        ROW_NUMBER() OVER (PARTITION BY raw_events.file_id ORDER BY raw_events.event_id) AS sample_number
    FROM duplicates
    JOIN raw_events ON raw_events.event_id = duplicates.event_id
)

SELECT input_files.file_name AS subject, input_files.file_name, found.line_number, 'repeats an earlier record in full' AS reason
FROM found
JOIN input_files ON input_files.file_id = found.file_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id
