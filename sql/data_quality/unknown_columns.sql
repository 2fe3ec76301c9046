-- title: Unknown columns
-- description: Columns that no report reads: a new one, which may be a required column under another name, or a second one of a known name.
-- severity: info
-- defect: added_column
-- defect: replaced_user_agent
-- message: {subject} is in {observed} {observed:file|files}, first in {first_file}, and not read.
-- remedy: Nothing, if nobody needs it. If it is a known column under another name, see the repairs that the report proposes.
-- param sample_rows: as in exact_duplicates
WITH files AS (
    SELECT COUNT(*) AS file_count FROM input_files
),

unknown_names AS (
    SELECT
        CASE
            WHEN input_columns.canonical_name IS NULL THEN input_columns.raw_name
            ELSE input_columns.raw_name || ' (a second ' || input_columns.canonical_name || ')'
        END AS raw_name,
        COUNT(DISTINCT input_columns.file_id) AS file_count,
        MIN(input_files.file_name) AS first_file,
        MIN(input_files.file_date) AS since
    FROM input_columns
    JOIN input_files ON input_files.file_id = input_columns.file_id
    WHERE input_columns.canonical_name IS NULL OR input_columns.is_used = 0
    GROUP BY 1
)

SELECT
    COALESCE(unknown_names.raw_name, 'all columns') AS subject,
    files.file_count AS population,
    COALESCE(unknown_names.file_count, 0) AS observed,
    0 AS expected,
    CASE WHEN unknown_names.raw_name IS NULL THEN 1 ELSE 0 END AS passed,
    unknown_names.first_file,
    unknown_names.since
FROM files
LEFT JOIN unknown_names ON 1 = 1
ORDER BY 1

-- samples
WITH found AS (
    SELECT
        CASE
            WHEN input_columns.canonical_name IS NULL THEN input_columns.raw_name
            ELSE input_columns.raw_name || ' (a second ' || input_columns.canonical_name || ')'
        END AS subject,
        input_columns.file_id,
        input_columns.position,
        ROW_NUMBER() OVER (PARTITION BY input_columns.raw_name, input_columns.canonical_name ORDER BY input_columns.file_id, input_columns.position) AS sample_number
    FROM input_columns
    WHERE input_columns.canonical_name IS NULL OR input_columns.is_used = 0
)

SELECT found.subject, input_files.file_name, 1 AS line_number, 'column ' || CAST(found.position AS TEXT) || ' of the header' AS reason
FROM found
JOIN input_files ON input_files.file_id = found.file_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.file_id, found.position
