-- title: Records out of order
-- description: Records with an earlier time than one before them in their file (those that are not on its day left out), where the file's habit is to be in order. Reports sort by
--   time and are not touched; but a file that is suddenly out of order was put together in another way.
-- severity: info
-- format: observed percent 2, expected percent 2
-- defect: unordered_timestamps
-- message: {observed} of the records of {subject} are out of order; the middle file has {expected}.
-- cause: The file was put together from parts.
-- remedy: Look for parts that are there twice, or not at all.
-- param max_disorder_change: 0.01
WITH rates AS (
    SELECT
        file_name,
        file_date,
        loaded_count,
        disordered_count,
        CAST(disordered_count AS DOUBLE PRECISION) / loaded_count AS disorder_rate,
        ROW_NUMBER() OVER (ORDER BY CAST(disordered_count AS DOUBLE PRECISION) / loaded_count, file_id) AS rate_rank,
        COUNT(*) OVER () AS file_count
    FROM input_files
    WHERE loaded_count > 0
),

middle AS (
    SELECT disorder_rate FROM rates WHERE rate_rank * 2 - file_count IN (0, 1)
)

SELECT
    rates.file_name AS subject,
    rates.loaded_count AS population,
    rates.disorder_rate AS observed,
    middle.disorder_rate AS expected,
    CASE WHEN rates.disorder_rate <= middle.disorder_rate + :max_disorder_change THEN 1 ELSE 0 END AS passed,
    rates.file_name,
    rates.file_date AS since,
    rates.file_date AS until,
    rates.disordered_count AS events_touched
FROM rates
CROSS JOIN middle
ORDER BY rates.file_name
