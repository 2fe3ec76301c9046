-- title: Campaign parameters: more or fewer
-- description: The share of events whose page URL carries a utm_source, against the days before.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: utm_loss
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

-- samples
SELECT file_name, line_number, CASE WHEN shift = 1 THEN 'a utm_source: ' ELSE 'no utm_source: ' END || what AS reason
FROM rate_lines
WHERE measure = 'with_utm' AND has_client = 1 AND is_bot = 0 AND page_key IS NOT NULL AND has_utm = CASE WHEN shift = 1 THEN 1 ELSE 0 END
ORDER BY event_id
LIMIT 20
