-- title: Quality scores
-- description: A score from 0 to 100 for each file: 100 less a penalty for each check with a finding that touches the file. The penalty is the
--   severity's points, a fifth of them for that it is there, and the rest by the share that it touches of the events, or
--   of the orders, of the files in its span (of sessions: of those it asked); of what is critical, all of them. A check counts once, by its worst finding. A
--   finding without a file or a time touches every file, and so does one of days that no file is of. A file without a record has 0.
--   overall_hundredths, the same in every row, is the whole's: the mean of the files' scores, each counting by its records, a file
--   without a record as the middling file that it should have been. Where a check is critical, it is critical_cap at the most,
--   however small the part that the check touches.
-- grain: one row per file
-- key: file_name
-- read_by: the quality report, for its scores
-- materialize: view
-- param critical_points: 100
-- param warn_points: 10
-- param info_points: 1
-- param critical_cap: 50
WITH findings AS (
    SELECT
        check_name,
        subject_number,
        severity,
        CASE severity WHEN 'critical' THEN :critical_points WHEN 'warn' THEN :warn_points ELSE :info_points END AS points,
        file_name,
        SUBSTR(since, 1, 10) AS since_date,
        SUBSTR(until, 1, 10) AS until_date,
        population,
        COALESCE(events_touched, 0) AS event_count,
        COALESCE(sessions_touched, 0) AS session_count,
        COALESCE(orders_touched, 0) AS order_count
    FROM check_results
    WHERE stage = 'data_quality' AND passed = 0
),

-- Days that no file is of: what is missing there is missing from the whole.
placed AS (
    SELECT
        findings.*,
        CASE
            WHEN file_name IS NOT NULL OR since_date IS NULL THEN 1
            WHEN EXISTS (
                SELECT 1
                FROM input_files
                WHERE input_files.file_date IS NULL OR (findings.since_date <= input_files.file_date AND COALESCE(findings.until_date, input_files.file_date) >= input_files.file_date)
            ) THEN 1
            ELSE 0
        END AS has_file
    FROM findings
),

order_counts AS (
    SELECT file_id, COUNT(*) AS order_count FROM purchase_records GROUP BY file_id
),

files AS (
    SELECT
        findings.check_name,
        findings.subject_number,
        findings.severity,
        findings.points,
        findings.population,
        findings.event_count,
        findings.session_count,
        findings.order_count,
        input_files.file_id,
        CAST(SUM(input_files.record_count) OVER (PARTITION BY findings.check_name, findings.subject_number) AS BIGINT) AS span_events,
        CAST(SUM(COALESCE(order_counts.order_count, 0)) OVER (PARTITION BY findings.check_name, findings.subject_number) AS BIGINT) AS span_orders
    FROM input_files
    JOIN placed AS findings ON
        COALESCE(findings.file_name, input_files.file_name) = input_files.file_name
        AND (
            findings.file_name IS NOT NULL
            OR findings.since_date IS NULL
            OR findings.has_file = 0
            OR input_files.file_date IS NULL
            OR (findings.since_date <= input_files.file_date AND COALESCE(findings.until_date, input_files.file_date) >= input_files.file_date)
        )
    LEFT JOIN order_counts ON order_counts.file_id = input_files.file_id
),

shares AS (
    SELECT check_name, file_id, severity, points, event_count AS part, span_events AS whole FROM files
    UNION ALL
    SELECT check_name, file_id, severity, points, order_count, span_orders FROM files
    UNION ALL
    SELECT check_name, file_id, severity, points, session_count, population FROM files
),

penalties AS (
    SELECT
        file_id,
        check_name,
        MAX(points * CASE
            WHEN severity = 'critical' THEN 100
            ELSE 20 + CASE
                WHEN part <= 0 OR whole <= 0 THEN 0
                WHEN part >= whole THEN 80
                ELSE CAST((80 * part - 80 * part % whole) / whole AS BIGINT)
            END
        END) AS penalty
    FROM shares
    GROUP BY file_id, check_name
),

sums AS (
    SELECT file_id, COUNT(*) AS check_count, CAST(SUM(penalty) AS BIGINT) AS penalty
    FROM penalties
    GROUP BY file_id
),

scored AS (
    SELECT
        input_files.file_id,
        input_files.file_name,
        input_files.file_date,
        input_files.record_count,
        COALESCE(sums.check_count, 0) AS finding_count,
        CASE WHEN input_files.record_count = 0 OR COALESCE(sums.penalty, 0) >= 10000 THEN 0 ELSE 10000 - COALESCE(sums.penalty, 0) END AS score_hundredths,
        CAST(SUM(input_files.record_count) OVER () AS BIGINT) AS all_records,
        COUNT(CASE WHEN input_files.record_count > 0 THEN 1 END) OVER () AS filled_files
    FROM input_files
    LEFT JOIN sums ON sums.file_id = input_files.file_id
),

weighed AS (
    SELECT
        scored.*,
        CASE
            WHEN record_count > 0 THEN record_count
            WHEN filled_files = 0 THEN 1
            ELSE CAST((all_records - all_records % filled_files) / filled_files AS BIGINT)
        END AS weight
    FROM scored
),

summed AS (
    SELECT
        weighed.*,
        CAST(SUM(score_hundredths * weight) OVER () AS BIGINT) AS points,
        CAST(SUM(weight) OVER () AS BIGINT) AS all_weight
    FROM weighed
),

criticals AS (
    SELECT COUNT(*) AS finding_count FROM findings WHERE severity = 'critical'
)

SELECT
    summed.file_name,
    summed.file_date,
    summed.record_count,
    summed.finding_count,
    summed.score_hundredths,
    CASE
        WHEN criticals.finding_count > 0 AND summed.points > :critical_cap * 100 * summed.all_weight THEN :critical_cap * 100
        ELSE CAST((summed.points - summed.points % summed.all_weight) / summed.all_weight AS BIGINT)
    END AS overall_hundredths
FROM summed
CROSS JOIN criticals
