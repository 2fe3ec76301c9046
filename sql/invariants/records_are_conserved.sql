-- title: Records in the files = loaded + rejected = rows in the tables
-- description: Nothing that a file holds is lost or counted twice on its way into the load tables.
-- severity: critical
-- message: {subject} has {observed} rows in the load tables and {expected} records.
WITH loaded AS (
    SELECT file_id, COUNT(*) AS row_count FROM raw_events GROUP BY file_id
),

rejected AS (
    SELECT file_id, COUNT(*) AS row_count FROM rejected_rows GROUP BY file_id
)

SELECT
    input_files.file_name AS subject,
    1 AS population,
    COALESCE(loaded.row_count, 0) + COALESCE(rejected.row_count, 0) AS observed,
    input_files.record_count AS expected,
    CASE
        WHEN COALESCE(loaded.row_count, 0) = input_files.loaded_count
            AND COALESCE(rejected.row_count, 0) = input_files.rejected_count
            AND input_files.loaded_count + input_files.rejected_count = input_files.record_count THEN 1
        ELSE 0
    END AS passed
FROM input_files
LEFT JOIN loaded ON loaded.file_id = input_files.file_id
LEFT JOIN rejected ON rejected.file_id = input_files.file_id
ORDER BY input_files.file_name
