-- title: Timestamps of another form
-- description: Whether a file writes its times as most files do: with a time zone, without one, or as an epoch. All are read, and one
--   without a zone as UTC: if it is the shop's own time, events move by hours, and to other days and sessions.
-- severity: warn
-- needs: two files with times
-- defect: zoneless_timestamps
-- message: {subject} writes its times {form}, most files {prevailing_form}.
-- cause: The export was configured anew, or another system writes it.
-- remedy: Compare the first and last times of the file with the files around it; have times written with their zone.
-- param sample_rows: as in exact_duplicates
WITH forms (value_form, form) AS (
    VALUES ('time:zoned', 'with a time zone'), ('time:local', 'without a time zone'), ('time:epoch', 'as an epoch')
),

files AS (
    SELECT
        input_files.file_id,
        input_files.file_name,
        input_files.file_date,
        input_files.loaded_count,
        forms.form
    FROM input_files
    JOIN input_columns ON
        input_columns.file_id = input_files.file_id
        AND input_columns.canonical_name = 'timestamp'
        AND input_columns.is_used = 1
    JOIN forms ON forms.value_form = input_columns.value_form
),

ranked AS (
    SELECT form, COUNT(*) AS file_count, ROW_NUMBER() OVER (ORDER BY COUNT(*) DESC, MIN(file_id)) AS form_rank
    FROM files
    GROUP BY form
),

prevailing AS (
    SELECT ranked.form, CAST(SUM(others.file_count) AS BIGINT) AS file_count
    FROM ranked
    CROSS JOIN ranked AS others
    WHERE ranked.form_rank = 1
    GROUP BY ranked.form
)

SELECT
    files.file_name AS subject,
    CASE WHEN prevailing.file_count < 2 THEN 0 ELSE files.loaded_count END AS population,
    CASE WHEN files.form <> prevailing.form THEN 1 ELSE 0 END AS observed,
    0 AS expected,
    CASE WHEN files.form <> prevailing.form THEN 0 ELSE 1 END AS passed,
    files.form,
    prevailing.form AS prevailing_form,
    files.file_name,
    files.file_date AS since,
    files.file_date AS until,
    CASE WHEN files.form <> prevailing.form THEN files.loaded_count END AS events_touched
FROM files
CROSS JOIN prevailing
ORDER BY files.file_name

-- samples
WITH found AS (
    SELECT
        files.file_id,
        files.form,
        raw_events.event_id,
        raw_events.line_number,
        ROW_NUMBER() OVER (PARTITION BY files.file_id ORDER BY raw_events.event_id) AS sample_number
    FROM (
        SELECT
            input_columns.file_id,
            CASE input_columns.value_form WHEN 'time:zoned' THEN 'with a time zone' WHEN 'time:local' THEN 'without a time zone' ELSE 'as an epoch' END AS form
        FROM input_columns
        WHERE input_columns.canonical_name = 'timestamp' AND input_columns.is_used = 1
    ) AS files
    CROSS JOIN raw_events
    WHERE
        raw_events.event_id >= files.file_id * 4294967296
        AND raw_events.event_id < files.file_id * 4294967296 + 4 * :sample_rows
        AND raw_events.occurred_at_ms IS NOT NULL
)

SELECT input_files.file_name AS subject, input_files.file_name, found.line_number, 'a time ' || found.form AS reason
FROM found
JOIN input_files ON input_files.file_id = found.file_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id
