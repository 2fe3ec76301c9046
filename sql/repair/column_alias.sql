-- title: A column under another name
-- description: A file lacks a column that others have, and has one that nobody knows whose values are of the same form.
-- target: reference/column_aliases.sql
-- row: {raw_name}, {canonical_name}
-- effect: {canonical_name} is called {raw_name} in {file_count} {file_count:file|files}: {event_count} {event_count:record regains|records regain} it, {missing_before} without it become {missing_after}.
-- format: missing_before percent 0, missing_after percent 0
WITH lacking AS (
    SELECT input_files.file_id, input_files.loaded_count, canonical_columns.canonical_name
    FROM input_files
    CROSS JOIN canonical_columns
    LEFT JOIN input_columns ON
        input_columns.file_id = input_files.file_id
        AND input_columns.canonical_name = canonical_columns.canonical_name
    WHERE
        input_columns.position IS NULL
        AND input_files.record_count > 0
        -- Where no name is known, it is no header, but the first record.
        AND input_files.file_id IN (SELECT file_id FROM input_columns WHERE canonical_name IS NOT NULL)
),

forms AS (
    SELECT canonical_name, value_form, MIN(position) AS first_position, MAX(position) AS last_position
    FROM input_columns
    WHERE is_used = 1 AND value_form IS NOT NULL
    GROUP BY canonical_name, value_form
),

-- The form must be that of the lacking column; of an empty column nothing can be told, and of plain text only its place tells.
candidates AS (
    SELECT input_columns.raw_name, lacking.canonical_name, lacking.file_id, lacking.loaded_count
    FROM lacking
    JOIN input_columns ON input_columns.file_id = lacking.file_id AND input_columns.canonical_name IS NULL
    JOIN forms ON
        forms.canonical_name = lacking.canonical_name
        AND forms.value_form = input_columns.value_form
        AND (forms.value_form NOT IN ('text', 'url') OR input_columns.position BETWEEN forms.first_position AND forms.last_position)
),

names AS (
    SELECT raw_name, canonical_name, COUNT(DISTINCT file_id) AS file_count, CAST(SUM(loaded_count) AS BIGINT) AS event_count
    FROM candidates
    GROUP BY raw_name, canonical_name
),

-- A name that could be two columns, or a column that could have two names, is nobody's to guess.
certain AS (
    SELECT
        names.*,
        COUNT(*) OVER (PARTITION BY raw_name) AS meanings,
        COUNT(*) OVER (PARTITION BY canonical_name) AS spellings
    FROM names
),

totals AS (
    SELECT CAST(SUM(loaded_count) AS BIGINT) AS event_count FROM input_files
),

lost AS (
    SELECT canonical_name, CAST(SUM(loaded_count) AS BIGINT) AS event_count FROM lacking GROUP BY canonical_name
)

SELECT
    certain.raw_name AS subject,
    certain.raw_name,
    certain.canonical_name,
    certain.file_count,
    certain.event_count,
    CAST(lost.event_count AS DOUBLE PRECISION) / totals.event_count AS missing_before,
    CAST(lost.event_count - certain.event_count AS DOUBLE PRECISION) / totals.event_count AS missing_after
FROM certain
JOIN lost ON lost.canonical_name = certain.canonical_name
CROSS JOIN totals
WHERE certain.meanings = 1 AND certain.spellings = 1
ORDER BY certain.raw_name
