-- title: Checks of this run
-- description: What the quality checks found to begin on the latest complete day or after it. Their own report says more. A critical
--   finding, and an invariant that does not hold, end the run before this.
-- severity: info
-- tier: health
-- message: {observed} of {population} quality checks found something that began on {day} or later, such as: {example}
WITH findings AS (
    SELECT
        check_results.check_name,
        COUNT(CASE
            WHEN check_results.passed = 0
                AND check_results.severity <> 'info'
                AND SUBSTR(check_results.since, 1, 10) >= monitored_day.event_date THEN 1
        END) AS new_count,
        MIN(CASE
            WHEN check_results.passed = 0
                AND check_results.severity <> 'info'
                AND SUBSTR(check_results.since, 1, 10) >= monitored_day.event_date THEN check_results.message
        END) AS example
    FROM check_results
    CROSS JOIN monitored_day
    WHERE check_results.stage = 'data_quality'
        AND check_results.passed IS NOT NULL
    GROUP BY check_results.check_name
)

SELECT
    'data quality' AS subject,
    COUNT(*) AS population,
    COUNT(CASE WHEN findings.new_count > 0 THEN 1 END) AS observed,
    0 AS expected,
    CASE WHEN COUNT(CASE WHEN findings.new_count > 0 THEN 1 END) = 0 THEN 1 ELSE 0 END AS passed,
    MIN(findings.example) AS example,
    MIN(monitored_day.event_date) AS day
FROM findings
CROSS JOIN monitored_day
ORDER BY subject
