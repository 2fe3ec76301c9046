-- title: Records per file
-- description: How many records a file holds, against the middle one of its neighbours (seven before, seven after: bad days beside it
--   don't move that). A file is off where it differs by more than the tolerance and by more than chance, from them and from the
--   same weekday a week away. A weekday that is further from the middle of its own neighbours, and unlike, says nothing: it is the odd one.
-- severity: warn
-- needs: at least three files beside it
-- defect: volume_drop
-- defect: volume_surge
-- follows: partial_days, near_duplicates, client_id_lost, bot_surge, bursts
-- message: {subject} holds {observed} {observed:record|records}, too {direction}: {expected} {expected:is|are} usual around it.
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
    JOIN files AS others ON others.file_rank BETWEEN files.file_rank - 7 AND files.file_rank + 7 AND others.file_id <> files.file_id
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

measured AS (
    SELECT
        files.file_id,
        files.day_number,
        files.loaded_count,
        middles.twice_middle,
        COALESCE(middles.neighbour_count, 0) AS neighbour_count,
        CAST(ABS(files.loaded_count * 2 - middles.twice_middle) AS DOUBLE PRECISION) / middles.twice_middle AS off_neighbours
    FROM files
    LEFT JOIN middles ON middles.file_id = files.file_id
),

same_weekdays AS (
    SELECT measured.file_id, COUNT(*) AS weekday_count, CAST(SUM(others.loaded_count) AS BIGINT) AS weekday_sum
    FROM measured
    JOIN measured AS others ON others.day_number IN (measured.day_number - 7, measured.day_number + 7)
    WHERE others.off_neighbours <= measured.off_neighbours OR ABS(measured.loaded_count - others.loaded_count) <= :max_volume_change * 0.6 * others.loaded_count
    GROUP BY measured.file_id
),

judged AS (
    SELECT
        measured.*,
        CAST(ABS(measured.loaded_count * same_weekdays.weekday_count - same_weekdays.weekday_sum) AS DOUBLE PRECISION) / same_weekdays.weekday_sum AS off_weekdays,
        2 * ABS(SQRT(measured.loaded_count) - SQRT(CAST(measured.twice_middle AS DOUBLE PRECISION) / 2)) AS deviations
    FROM measured
    LEFT JOIN same_weekdays ON same_weekdays.file_id = measured.file_id
)

SELECT
    files.file_name AS subject,
    files.loaded_count AS population,
    files.loaded_count AS observed,
    CAST(judged.twice_middle AS DOUBLE PRECISION) / 2 AS expected,
    CASE
        WHEN judged.neighbour_count < 3 THEN NULL
        WHEN judged.deviations < 4 * baseline.widening THEN 1
        -- Around a weekend neither alone tells: one must be off, and the other not alike. Two that agree need a little less each.
        WHEN judged.off_neighbours > :max_volume_change * baseline.widening * 0.9 AND judged.off_weekdays > :max_volume_change * baseline.widening * 0.9 THEN 0
        WHEN judged.off_neighbours > :max_volume_change * baseline.widening AND COALESCE(judged.off_weekdays, 1) > :max_volume_change * 0.6 THEN 0
        WHEN judged.off_weekdays > :max_volume_change * baseline.widening AND judged.off_neighbours > :max_volume_change * baseline.widening * 0.6 THEN 0
        ELSE 1
    END AS passed,
    CASE WHEN files.loaded_count * 2 < judged.twice_middle THEN 'few' ELSE 'many' END AS direction,
    files.file_name,
    files.file_date AS since,
    files.file_date AS until,
    baseline.note,
    files.loaded_count AS events_touched
FROM files
JOIN judged ON judged.file_id = files.file_id
CROSS JOIN baseline
ORDER BY files.file_name
