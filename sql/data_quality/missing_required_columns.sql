-- title: Required columns
-- description: A file without one of these columns can't be counted: sessions, channels, revenue or days would be wrong or empty.
-- severity: critical
-- message: {subject} is missing from {observed} of {population} files, first from {first_file}; without it there is no {what_is_lost}.
-- cause: The export was configured anew, or the column was given another name.
-- remedy: Export the files again with the column. If it is there under another name, see the repairs that the report proposes.
WITH presence AS (
    SELECT
        canonical_columns.canonical_name,
        canonical_columns.what_is_lost,
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
    WHERE canonical_columns.is_required = 1 AND input_files.record_count > 0
)

SELECT
    canonical_name AS subject,
    COUNT(*) AS population,
    CAST(SUM(is_missing) AS BIGINT) AS observed,
    0 AS expected,
    CASE WHEN SUM(is_missing) = 0 THEN 1 ELSE 0 END AS passed,
    what_is_lost,
    MIN(CASE WHEN is_missing = 1 THEN file_name END) AS first_file,
    MIN(CASE WHEN is_missing = 1 THEN file_date END) AS since,
    CASE WHEN MAX(CASE WHEN is_missing = 1 THEN file_name END) < MAX(file_name) THEN MAX(CASE WHEN is_missing = 1 THEN file_date END) END AS until,
    CAST(SUM(CASE WHEN is_missing = 1 THEN loaded_count ELSE 0 END) AS BIGINT) AS events_touched
FROM presence
GROUP BY canonical_name, what_is_lost
ORDER BY canonical_name

-- samples
SELECT
    input_files.file_name,
    1 AS line_number,
    'the header has no ' || canonical_columns.canonical_name AS reason
FROM canonical_columns
CROSS JOIN input_files
LEFT JOIN input_columns ON
    input_columns.file_id = input_files.file_id
    AND input_columns.canonical_name = canonical_columns.canonical_name
    AND input_columns.is_used = 1
WHERE canonical_columns.is_required = 1 AND input_files.record_count > 0 AND input_columns.position IS NULL
ORDER BY input_files.file_name, canonical_columns.canonical_name
