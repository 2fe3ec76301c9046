-- title: Files cut off at the end
-- description: A file whose last record can't be read, or which ends within a line while other files do not, was cut off on its way.
-- severity: warn
-- message: {subject} ends within a line: its last record is incomplete, and more may be missing.
-- cause: The transfer was cut off, or the file was read while it was being written.
-- remedy: Transfer the file again and compare its size with the source's.
WITH habits AS (
    SELECT COUNT(CASE WHEN ends_with_newline = 1 THEN 1 END) AS proper_count, COUNT(*) AS file_count
    FROM input_files
    WHERE record_count > 0
),

last_rejections AS (
    SELECT rejected_rows.file_id, rejected_rows.record_number
    FROM rejected_rows
    JOIN input_files ON input_files.file_id = rejected_rows.file_id AND input_files.record_count = rejected_rows.record_number
)

SELECT
    input_files.file_name AS subject,
    input_files.record_count AS population,
    CASE WHEN last_rejections.file_id IS NOT NULL OR (input_files.ends_with_newline = 0 AND habits.proper_count * 2 > habits.file_count) THEN 1 ELSE 0 END AS observed,
    0 AS expected,
    CASE WHEN last_rejections.file_id IS NOT NULL OR (input_files.ends_with_newline = 0 AND habits.proper_count * 2 > habits.file_count) THEN 0 ELSE 1 END AS passed,
    input_files.file_name,
    input_files.file_date AS since,
    input_files.file_date AS until
FROM input_files
CROSS JOIN habits
LEFT JOIN last_rejections ON last_rejections.file_id = input_files.file_id
ORDER BY input_files.file_name
