-- title: Column names and order
-- description: How each file spells and orders its columns, against the file before it. Another spelling or place is understood and
--   harmless here, but it says that somebody changed the export, and it breaks readers less lenient than this one.
-- severity: warn
-- defect: renamed_column
-- defect: reordered_columns
-- message: {subject} {change} in {file_name}.
-- cause: The export was configured anew on that day; look at what else changed with it.
-- remedy: None is needed for these reports. Agree on one spelling with whoever makes the export.
WITH files AS (
    SELECT file_id, file_name, file_date, ROW_NUMBER() OVER (ORDER BY file_id) AS file_rank
    FROM input_files
    WHERE record_count > 0
),

named AS (
    SELECT
        files.file_rank,
        files.file_name,
        files.file_date,
        COALESCE(input_columns.canonical_name, input_columns.raw_name) AS column_name,
        MIN(input_columns.raw_name) AS raw_name,
        MIN(input_columns.position) AS position
    FROM files
    JOIN input_columns ON input_columns.file_id = files.file_id
    WHERE input_columns.is_used = 1 OR input_columns.canonical_name IS NULL
    GROUP BY files.file_rank, files.file_name, files.file_date, COALESCE(input_columns.canonical_name, input_columns.raw_name)
),

-- A place is that among the columns that both files have, so that a column which went is not told as a move of all behind it.
paired AS (
    SELECT
        named.*,
        before.raw_name AS raw_name_before,
        ROW_NUMBER() OVER (PARTITION BY named.file_rank ORDER BY named.position) AS place,
        ROW_NUMBER() OVER (PARTITION BY named.file_rank ORDER BY before.position) AS place_before
    FROM named
    JOIN named AS before ON before.file_rank = named.file_rank - 1 AND before.column_name = named.column_name
),

changes AS (
    SELECT file_rank, file_name, file_date, column_name, 'is called ' || raw_name || ' and no longer ' || raw_name_before || ', from this file on' AS change
    FROM paired
    WHERE raw_name <> raw_name_before
    UNION ALL
    SELECT file_rank, file_name, file_date, column_name, 'stands in another place than in the file before'
    FROM paired
    WHERE place < place_before AND raw_name = raw_name_before
    UNION ALL
    SELECT named.file_rank, named.file_name, named.file_date, named.column_name, 'is new'
    FROM named
    LEFT JOIN named AS before ON before.file_rank = named.file_rank - 1 AND before.column_name = named.column_name
    -- A column that comes back is told where it is missing.
    WHERE named.file_rank > 1 AND before.column_name IS NULL AND named.file_rank = (
        SELECT MIN(earliest.file_rank) FROM named AS earliest WHERE earliest.column_name = named.column_name
    )
),

seen AS (
    SELECT column_name, COUNT(*) AS file_count
    FROM named
    GROUP BY column_name
)

SELECT
    seen.column_name AS subject,
    seen.file_count AS population,
    COUNT(changes.change) AS observed,
    0 AS expected,
    CASE WHEN COUNT(changes.change) = 0 THEN 1 ELSE 0 END AS passed,
    COALESCE(changes.change, '') AS change,
    changes.file_name,
    changes.file_date AS since
FROM seen
LEFT JOIN changes ON changes.column_name = seen.column_name
GROUP BY seen.column_name, seen.file_count, COALESCE(changes.change, ''), changes.file_name, changes.file_date
ORDER BY seen.column_name, changes.file_name NULLS FIRST, COALESCE(changes.change, '')

-- samples
SELECT
    COALESCE(input_columns.canonical_name, input_columns.raw_name) AS subject,
    input_files.file_date AS since,
    input_files.file_name,
    1 AS line_number,
    'column ' || CAST(input_columns.position AS TEXT) || ' of the header: ' || SUBSTR(input_columns.raw_name, 1, 60) AS reason
FROM input_columns
JOIN input_files ON input_files.file_id = input_columns.file_id
WHERE input_columns.is_used = 1 OR input_columns.canonical_name IS NULL
ORDER BY input_columns.file_id, input_columns.position
