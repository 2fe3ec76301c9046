-- title: Files cut off at the end
-- description: A file that ends within a line, while other files do not or so that its last record can't be read, was cut off on its way. Where the
--   last column is the user agent, and the last one is whole (others have it too), only the line's end is missing, and nothing else.
-- severity: warn
-- defect: truncated_record
-- message: {subject} ends within a line: its last record is incomplete, and more may be missing.
-- cause: The transfer was cut off, or the file was read while it was being written.
-- remedy: Transfer the file again and compare its size with the source's.
WITH habits AS (
    SELECT COUNT(CASE WHEN ends_with_newline = 1 THEN 1 END) AS proper_count, COUNT(*) AS file_count
    FROM input_files
    WHERE record_count > 0
),

last_rejections AS (
    SELECT rejected_rows.file_id
    FROM rejected_rows
    JOIN input_files ON input_files.file_id = rejected_rows.file_id AND input_files.record_count = rejected_rows.record_number
),

last_columns AS (
    SELECT file_id, MAX(position) AS position FROM input_columns GROUP BY file_id
),

last_agents AS (
    SELECT raw_events.file_id, raw_events.event_id, raw_events.user_agent_key
    FROM input_files
    JOIN last_columns ON last_columns.file_id = input_files.file_id
    JOIN input_columns ON input_columns.file_id = last_columns.file_id AND input_columns.position = last_columns.position
    JOIN raw_events ON raw_events.event_id = input_files.file_id * 4294967296 + input_files.record_count
    WHERE input_files.ends_with_newline = 0 AND input_columns.canonical_name = 'user_agent' AND input_columns.is_used = 1
),

whole_ends AS (
    SELECT last_agents.file_id
    FROM last_agents
    WHERE EXISTS (
        SELECT 1
        FROM raw_events AS others
        WHERE others.user_agent_key = last_agents.user_agent_key AND others.event_id <> last_agents.event_id
    )
),

judged AS (
    SELECT
        input_files.file_id,
        CASE
            WHEN whole_ends.file_id IS NOT NULL THEN 0
            WHEN input_files.ends_with_newline = 0 AND (last_rejections.file_id IS NOT NULL OR habits.proper_count * 2 > habits.file_count) THEN 1
            ELSE 0
        END AS is_truncated
    FROM input_files
    CROSS JOIN habits
    LEFT JOIN last_rejections ON last_rejections.file_id = input_files.file_id
    LEFT JOIN whole_ends ON whole_ends.file_id = input_files.file_id
)

SELECT
    input_files.file_name AS subject,
    input_files.record_count AS population,
    judged.is_truncated AS observed,
    0 AS expected,
    1 - judged.is_truncated AS passed,
    input_files.file_name,
    input_files.file_date AS since,
    input_files.file_date AS until
FROM input_files
JOIN judged ON judged.file_id = input_files.file_id
ORDER BY input_files.file_name

-- samples
WITH last_lines AS (
    SELECT file_id, line_number FROM rejected_rows
    UNION ALL
    SELECT file_id, line_number FROM raw_events
    WHERE file_id IN (SELECT file_id FROM input_files WHERE ends_with_newline = 0)
)

SELECT input_files.file_name AS subject, input_files.file_name, MAX(last_lines.line_number) AS line_number, 'the last line, which has no end' AS reason
FROM input_files
JOIN last_lines ON last_lines.file_id = input_files.file_id
WHERE input_files.ends_with_newline = 0
GROUP BY input_files.file_id, input_files.file_name
ORDER BY input_files.file_name
