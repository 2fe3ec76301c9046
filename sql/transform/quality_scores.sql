-- title: Quality scores
-- description: A score from 0 to 100 for each file: 100 less a penalty for each check with a finding that touches the file. The penalty is the
--   severity's points, a fifth of them for that it is there and the rest by the share of records that it touches;
--   a check counts once, by its worst finding. A finding without a file or a time touches every file.
-- grain: one row per file
-- key: file_name
-- read_by: the quality report, for its scores
-- materialize: view
-- param critical_points: 100
-- param warn_points: 10
-- param info_points: 1
WITH findings AS (
    SELECT
        check_name,
        CASE severity WHEN 'critical' THEN :critical_points WHEN 'warn' THEN :warn_points ELSE :info_points END AS points,
        file_name,
        SUBSTR(since, 1, 10) AS since_date,
        SUBSTR(until, 1, 10) AS until_date,
        CASE
            WHEN COALESCE(events_touched, sessions_touched, orders_touched, 0) <= 0 OR population <= 0 THEN 0
            WHEN COALESCE(events_touched, sessions_touched, orders_touched) >= population THEN 80
            ELSE CAST((80 * COALESCE(events_touched, sessions_touched, orders_touched) - (80 * COALESCE(events_touched, sessions_touched, orders_touched)) % population) / population AS BIGINT)
        END AS touched_percent
    FROM check_results
    WHERE stage = 'data_quality' AND passed = 0
),

penalties AS (
    SELECT input_files.file_id, findings.check_name, MAX(findings.points * (20 + findings.touched_percent)) AS penalty
    FROM input_files
    JOIN findings ON
        COALESCE(findings.file_name, input_files.file_name) = input_files.file_name
        AND (
            findings.file_name IS NOT NULL
            OR findings.since_date IS NULL
            OR input_files.file_date IS NULL
            OR (findings.since_date <= input_files.file_date AND COALESCE(findings.until_date, input_files.file_date) >= input_files.file_date)
        )
    GROUP BY input_files.file_id, findings.check_name
),

sums AS (
    SELECT file_id, COUNT(*) AS check_count, CAST(SUM(penalty) AS BIGINT) AS penalty
    FROM penalties
    GROUP BY file_id
)

SELECT
    input_files.file_name,
    input_files.file_date,
    input_files.record_count,
    COALESCE(sums.check_count, 0) AS finding_count,
    CASE WHEN COALESCE(sums.penalty, 0) >= 10000 THEN 0 ELSE 10000 - COALESCE(sums.penalty, 0) END AS score_hundredths
FROM input_files
LEFT JOIN sums ON sums.file_id = input_files.file_id
