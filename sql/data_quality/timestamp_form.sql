-- title: Timestamps of another form
-- description: Whether a file writes its times as the file before it: with a time zone, without one, or as an epoch. All are read, and one
--   without a zone as UTC: if it is the shop's own time, events move by hours, and to other days and sessions.
-- severity: warn
-- needs: two files with times
-- defect: zoneless_timestamps
-- message: {subject} writes its times {form}, the file before it {form_before}.
-- cause: The export was configured anew, or another system writes it.
-- remedy: Compare the first and last times of the file with the files around it; have times written with their zone.
WITH forms (value_form, form) AS (
    VALUES ('time:zoned', 'with a time zone'), ('time:local', 'without a time zone'), ('time:epoch', 'as an epoch')
),

files AS (
    SELECT
        input_files.file_name,
        input_files.file_date,
        input_files.loaded_count,
        forms.form,
        LAG(forms.form) OVER (ORDER BY input_files.file_id) AS form_before
    FROM input_files
    JOIN input_columns ON
        input_columns.file_id = input_files.file_id
        AND input_columns.canonical_name = 'timestamp'
        AND input_columns.is_used = 1
    JOIN forms ON forms.value_form = input_columns.value_form
)

SELECT
    file_name AS subject,
    CASE WHEN form_before IS NULL THEN 0 ELSE loaded_count END AS population,
    CASE WHEN form <> form_before THEN 1 ELSE 0 END AS observed,
    0 AS expected,
    CASE WHEN form <> form_before THEN 0 ELSE 1 END AS passed,
    form,
    form_before,
    file_name,
    file_date AS since,
    file_date AS until,
    CASE WHEN form <> form_before THEN loaded_count END AS events_touched
FROM files
ORDER BY file_name
