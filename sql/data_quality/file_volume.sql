-- title: Records per file
-- description: How many records a file holds, against the middle one of its neighbours (three before, three after). A file is off where
--   it differs by more than the tolerance and by more than chance, and the same weekday a week away does not look alike.
-- severity: warn
-- needs: at least three files beside it
-- message: {subject} holds {observed} records, {expected} are usual around it.
-- cause: Part of the day is missing or was exported twice, a tag was added or lost, or there was a campaign.
-- remedy: Compare with the source system's count for the day before you act on the day's figures.
-- param max_volume_change: 0.5
WITH files AS (
    SELECT
        input_files.file_id,
        input_files.file_name,
        input_files.file_date,
        input_files.loaded_count,
        calendar.day_number,
        ROW_NUMBER() OVER (ORDER BY COALESCE(calendar.day_number, 0), input_files.file_id) AS file_rank
    FROM input_files
    LEFT JOIN calendar ON calendar.event_date = input_files.file_date
    WHERE input_files.record_count > 0
),

neighbours AS (
    SELECT
        files.file_id,
        others.loaded_count,
        ROW_NUMBER() OVER (PARTITION BY files.file_id ORDER BY others.loaded_count, others.file_id) AS count_rank,
        COUNT(*) OVER (PARTITION BY files.file_id) AS neighbour_count
    FROM files
    JOIN files AS others ON others.file_rank BETWEEN files.file_rank - 3 AND files.file_rank + 3 AND others.file_id <> files.file_id
),

-- Twice the middle, so that the middle of two numbers is a whole one.
middles AS (
    SELECT
        file_id,
        neighbour_count,
        CAST(SUM(CASE WHEN count_rank * 2 = neighbour_count + 1 THEN loaded_count * 2 ELSE loaded_count END) AS BIGINT) AS twice_middle
    FROM neighbours
    WHERE count_rank * 2 IN (neighbour_count, neighbour_count + 1, neighbour_count + 2)
    GROUP BY file_id, neighbour_count
),

alike AS (
    SELECT DISTINCT files.file_id
    FROM files
    JOIN files AS others ON others.day_number IN (files.day_number - 7, files.day_number + 7)
    WHERE ABS(files.loaded_count - others.loaded_count) <= :max_volume_change * others.loaded_count
)

SELECT
    files.file_name AS subject,
    files.loaded_count AS population,
    files.loaded_count AS observed,
    CAST(middles.twice_middle AS DOUBLE PRECISION) / 2 AS expected,
    CASE
        WHEN COALESCE(middles.neighbour_count, 0) < 3 THEN NULL
        WHEN ABS(files.loaded_count * 2 - middles.twice_middle) <= :max_volume_change * middles.twice_middle THEN 1
        WHEN 2 * ABS(SQRT(files.loaded_count) - SQRT(CAST(middles.twice_middle AS DOUBLE PRECISION) / 2)) < 4 THEN 1
        WHEN alike.file_id IS NOT NULL THEN 1
        ELSE 0
    END AS passed,
    files.file_name,
    files.file_date AS since,
    files.file_date AS until,
    files.loaded_count AS events_touched
FROM files
LEFT JOIN middles ON middles.file_id = files.file_id
LEFT JOIN alike ON alike.file_id = files.file_id
ORDER BY files.file_name
