-- title: Campaign parameters: more or fewer
-- description: The share of events whose page URL carries a utm_source, against the days before.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: utm_loss
-- message: {observed} of {events_of} carry a utm_source; {expected} is usual.
-- cause: Links lost or gained their parameters (a redirect that drops them, a new campaign), or paid traffic was turned up or down.
-- remedy: Follow a paid link to the shop and look whether its parameters arrive. What lost them counts as direct.
-- param sample_rows: as in exact_duplicates
SELECT
    subject,
    population,
    observed,
    expected,
    passed,
    events_of,
    since,
    until,
    note,
    events_touched
FROM rate_results
WHERE measure = 'with_utm'
ORDER BY subject, since_date

-- samples
WITH found AS (
    SELECT
        measure,
        subject,
        since,
        shift,
        event_id,
        ROW_NUMBER() OVER (PARTITION BY measure, subject, since ORDER BY event_id) AS sample_number
    FROM finding_lines
    WHERE measure = 'with_utm' AND has_client = 1 AND is_bot = 0 AND page_key IS NOT NULL AND has_utm = CASE WHEN shift = 1 THEN 1 ELSE 0 END
)

SELECT found.subject, found.since, event_lines.file_name, event_lines.line_number, CASE WHEN found.shift = 1 THEN 'a utm_source: ' ELSE 'no utm_source: ' END || event_lines.what AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id, found.measure, found.subject
