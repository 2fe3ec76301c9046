-- title: Columns by file
-- description: Whether each file with records has each column that Clickpath reads.
-- grain: one row per column and file with records
-- key: canonical_name, file_id
-- materialize: view
SELECT
    canonical_columns.canonical_name,
    canonical_columns.is_required,
    canonical_columns.what_is_lost,
    input_files.file_id,
    input_files.file_name,
    input_files.file_date,
    input_files.loaded_count,
    CASE WHEN input_columns.position IS NULL THEN 1 ELSE 0 END AS is_missing
FROM canonical_columns
CROSS JOIN input_files
LEFT JOIN input_columns ON
    input_columns.file_id = input_files.file_id
    AND input_columns.canonical_name = canonical_columns.canonical_name
    AND input_columns.is_used = 1
WHERE input_files.record_count > 0
