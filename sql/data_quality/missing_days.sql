-- title: Days without a file
-- description: Every day from the first to the last file's has a file, or records in another one.
-- severity: warn
-- needs: two files with a date in their names
-- defect: missing_day
-- message: {subject} has no file and no record.
-- cause: A file was not delivered, or its name has no date of the form 20250223 or 2025-02-23.
-- remedy: Deliver the missing files; sums over these days are too low, and the days count as zero in comparisons.
WITH range_of_files AS (
    SELECT MIN(file_date) AS first_date, MAX(file_date) AS last_date
    FROM input_files
    WHERE file_date IS NOT NULL
),

expected_days AS (
    SELECT
        calendar.event_date,
        CASE
            WHEN calendar.event_date IN (SELECT file_date FROM input_files WHERE file_date IS NOT NULL)
                OR calendar.event_date IN (SELECT event_date FROM file_days) THEN 0
            ELSE 1
        END AS is_missing
    FROM calendar
    JOIN range_of_files ON calendar.event_date BETWEEN range_of_files.first_date AND range_of_files.last_date
    WHERE range_of_files.first_date < range_of_files.last_date
)

SELECT
    event_date AS subject,
    1 AS population,
    is_missing AS observed,
    0 AS expected,
    1 - is_missing AS passed,
    event_date AS since,
    event_date AS until
FROM expected_days
ORDER BY event_date
