-- title: Checks of this run
-- description: Whether the data-quality checks and the invariants of this run held. Their own report says more.
-- severity: warn
-- tier: health
-- message: {observed} of {population} measurements of {subject} failed a critical check.
SELECT
    stage AS subject,
    COUNT(*) AS population,
    COUNT(CASE WHEN passed = 0 AND severity = 'critical' THEN 1 END) AS observed,
    0 AS expected,
    CASE WHEN COUNT(CASE WHEN passed = 0 AND severity = 'critical' THEN 1 END) = 0 THEN 1 ELSE 0 END AS passed
FROM check_results
WHERE stage <> 'monitor'
GROUP BY stage
ORDER BY stage
