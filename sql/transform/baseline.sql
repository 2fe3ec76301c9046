-- title: How much history there is
-- description: How many days there are to compare a day with. Below least_baseline_days the checks that hold a day against others widen: a
--   day must be off by so many times as much as otherwise (widening) before it is told, and what is told says that it rests on little.
--   told is what the quality report opens with then; note is for each finding. Days that no file is of don't count.
-- grain: one row
-- key: day_count
-- read_by: the quality report, for its opening
-- materialize: view
-- param least_baseline_days: as in rate_walk
WITH counted AS (
    SELECT COUNT(*) AS day_count
    FROM quality_days
    WHERE
        event_date <= COALESCE((SELECT MAX(file_date) FROM input_files), event_date)
        AND event_date >= COALESCE((SELECT MIN(file_date) FROM input_files), event_date)
),

judged AS (
    SELECT day_count, CASE WHEN day_count > 1 THEN day_count - 1 ELSE 0 END AS baseline_days
    FROM counted
)

SELECT
    day_count,
    baseline_days,
    CASE
        WHEN baseline_days = 0 OR baseline_days >= :least_baseline_days THEN CAST(1 AS DOUBLE PRECISION)
        ELSE CAST(:least_baseline_days AS DOUBLE PRECISION) / baseline_days
    END AS widening,
    CASE
        WHEN day_count = 0 OR baseline_days >= :least_baseline_days THEN NULL
        WHEN baseline_days = 0 THEN 'There is one day, and no other to compare it with: what holds a day against others is skipped.'
        ELSE 'The baseline is short: each day has ' || CAST(baseline_days AS TEXT) || CASE WHEN baseline_days = 1 THEN ' other day' ELSE ' other days' END
            || ' to be compared with, and ' || CAST(:least_baseline_days AS TEXT) || ' are wanted. Shifts of rates and shares, silences, volumes, days without a purchase, and the unit and the items of revenue'
            || ' are told only where they are off by much more than otherwise; what still has too little to go by is skipped, and listed as such.'
    END AS told,
    CASE
        WHEN baseline_days > 0 AND baseline_days < :least_baseline_days
            THEN 'It rests on a short baseline, of ' || CAST(baseline_days AS TEXT) || CASE WHEN baseline_days = 1 THEN ' day.' ELSE ' days.' END
    END AS note
FROM judged
