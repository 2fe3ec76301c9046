-- title: Records outside their file's day
-- description: Records that are on the day in their file's name neither in UTC nor in the report's time zone. Reports go by the record's
--   own day.
-- severity: warn
-- format: observed percent 2, expected percent 2
-- needs: files with a date in their names
-- defect: foreign_rows
-- defect: future_timestamps
-- defect: copied_file
-- defect: overlapping_content
-- follows: identical_files, overlapping_files
-- message: {events_touched} of {population} {population:record|records} of {subject} ({observed}) {events_touched:is|are} not on its day.
-- cause: Records that came late or from a clock that is wrong; in every file, an export that is cut in a third time zone.
-- remedy: If every file has them, give --timezone the shop's own. Otherwise ask why the records came late, and read the day before again.
-- param max_outside_day_rate: 0.001
SELECT
    file_name AS subject,
    CASE WHEN file_date IS NULL THEN 0 ELSE loaded_count END AS population,
    CASE WHEN loaded_count > 0 THEN CAST(outside_day_count AS DOUBLE PRECISION) / loaded_count END AS observed,
    :max_outside_day_rate AS expected,
    CASE WHEN outside_day_count <= :max_outside_day_rate * loaded_count THEN 1 ELSE 0 END AS passed,
    file_name,
    file_date AS since,
    file_date AS until,
    outside_day_count AS events_touched
FROM input_files
ORDER BY file_name
