-- title: How far the data can be trusted
-- description: What the quality stage found, in one sentence, and what was read, lost and left out.
-- section: How far the data can be trusted
-- kind: insight
-- format: records integer, rejected integer, duplicates integer, warnings integer, checks integer
WITH files AS (
    SELECT
        COALESCE(CAST(SUM(record_count) AS BIGINT), 0) AS records,
        COALESCE(CAST(SUM(rejected_count) AS BIGINT), 0) AS rejected,
        COALESCE(CAST(SUM(loaded_count) AS BIGINT), 0) AS loaded
    FROM input_files
),

kept AS (
    SELECT COUNT(*) AS events FROM event_stream
),

checks AS (
    SELECT
        COUNT(DISTINCT check_name) AS checks,
        COUNT(DISTINCT CASE WHEN status = 'fail' AND severity = 'warn' THEN check_name END) AS warnings
    FROM check_results
    WHERE stage = 'data_quality'
)

SELECT
    'note' AS tone,
    'Of {records} records read, {rejected} could not be read and {duplicates} were exact duplicates; every total in this report adds up to the rest, to the cent.' AS sentence,
    files.records,
    files.rejected,
    files.loaded - kept.events AS duplicates,
    0 AS warnings,
    0 AS checks
FROM files
CROSS JOIN kept
UNION ALL
SELECT
    'note' AS tone,
    CASE
        WHEN warnings = 0 THEN 'All {checks} data quality checks passed or had nothing to judge.'
        ELSE '{warnings} of {checks} data quality checks give a warning; the numbers stand, but read them with these findings in mind.'
    END AS sentence,
    0 AS records,
    0 AS rejected,
    0 AS duplicates,
    warnings,
    checks
FROM checks
ORDER BY records DESC, sentence
