-- title: The score of the whole export
-- description: The mean of the files' scores, each counting by its records; a file without a record counts as the middling file that it should
--   have been. Where a check is critical, the whole has critical_cap at the most, however small the part that it touches.
-- grain: one row
-- key: file_count
-- read_by: the quality report, for its score
-- materialize: view
-- param critical_cap: 50
WITH totals AS (
    SELECT
        COUNT(*) AS file_count,
        COALESCE(CAST(SUM(record_count) AS BIGINT), 0) AS record_count,
        COUNT(CASE WHEN record_count > 0 THEN 1 END) AS filled_count
    FROM quality_scores
),

weighed AS (
    SELECT
        quality_scores.score_hundredths,
        CASE
            WHEN quality_scores.record_count > 0 OR totals.filled_count = 0 THEN CASE WHEN quality_scores.record_count > 0 THEN quality_scores.record_count ELSE 1 END
            ELSE CAST((totals.record_count - totals.record_count % totals.filled_count) / totals.filled_count AS BIGINT)
        END AS weight
    FROM quality_scores
    CROSS JOIN totals
),

sums AS (
    SELECT COALESCE(CAST(SUM(score_hundredths * weight) AS BIGINT), 10000) AS points, COALESCE(CAST(SUM(weight) AS BIGINT), 1) AS weight
    FROM weighed
),

mean AS (
    SELECT CAST((points - points % weight) / weight AS BIGINT) AS score_hundredths FROM sums
),

criticals AS (
    SELECT COUNT(*) AS finding_count
    FROM check_results
    WHERE stage = 'data_quality' AND passed = 0 AND severity = 'critical'
)

SELECT
    totals.file_count,
    CASE WHEN criticals.finding_count > 0 AND mean.score_hundredths > :critical_cap * 100 THEN :critical_cap * 100 ELSE mean.score_hundredths END AS score_hundredths
FROM totals
CROSS JOIN mean
CROSS JOIN criticals
