-- title: Campaign parameters: more or fewer
-- description: The share of events whose page URL carries a utm_source, against the days before.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: utm_loss
-- message: {observed} of {events_of} carry a utm_source; {expected} is usual.
-- cause: Links lost or gained their parameters (a redirect that drops them, a new campaign), or paid traffic was turned up or down.
-- remedy: Follow a paid link to the shop and look whether its parameters arrive. What lost them counts as direct.
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
SELECT event_lines.file_name, event_lines.line_number, CASE WHEN shift = 1 THEN 'a utm_source: ' ELSE 'no utm_source: ' END || what AS reason
FROM event_lines
CROSS JOIN rate_findings
WHERE
    measure = 'with_utm'
    AND event_lines.event_id >= (SELECT MIN(first_event_id) FROM rate_findings WHERE measure = 'with_utm')
    AND event_lines.event_date BETWEEN rate_findings.since_date AND rate_findings.until_date
    AND rate_findings.segment = CASE rate_findings.segment_kind
        WHEN 'host' THEN event_lines.host_group
        WHEN 'event' THEN event_lines.event_name
        WHEN 'path' THEN event_lines.path_group
        WHEN 'agent' THEN event_lines.agent
        WHEN 'hour' THEN event_lines.clock_hour
        ELSE rate_findings.segment
    END
    AND has_client = 1 AND is_bot = 0 AND page_key IS NOT NULL AND has_utm = CASE WHEN shift = 1 THEN 1 ELSE 0 END
ORDER BY event_lines.event_id, rate_findings.segment
LIMIT 20
