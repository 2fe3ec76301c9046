-- title: Campaign parameters: more or fewer
-- description: The share of events whose page URL carries a utm_source, against the days before.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- message: {observed} of the events of {subject} carry a utm_source; {expected} is usual.
-- cause: Links lost or gained their parameters (a redirect that drops them, a new campaign), or paid traffic was turned up or down.
-- remedy: Follow a paid link to the shop and look whether its parameters arrive. What lost them counts as direct.
SELECT
    subject,
    population,
    observed,
    expected,
    passed,
    since,
    until,
    events_touched
FROM rate_results
WHERE measure = 'with_utm'
ORDER BY subject, since_date
