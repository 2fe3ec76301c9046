-- title: Anonymised referrers: more or fewer
-- description: The share of outside referrers with a hash for a host, against the days before.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: opaque_referrers
-- message: {observed} of the outside referrers in {events_of} have a hash for a host; {expected} is usual.
-- cause: The list of hosts that the export leaves readable was changed.
-- remedy: Do not compare referral traffic by host across this moment.
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
WHERE measure = 'opaque_referrer'
ORDER BY subject, since_date

-- samples
SELECT event_lines.file_name, event_lines.line_number, CASE WHEN shift = 1 THEN 'a hash for a referrer: ' ELSE 'a referrer that is no hash: ' END || what AS reason
FROM event_lines
CROSS JOIN rate_findings
WHERE
    measure = 'opaque_referrer'
    AND event_lines.event_id >= (SELECT MIN(first_event_id) FROM rate_findings WHERE measure = 'opaque_referrer')
    AND event_lines.event_date BETWEEN rate_findings.since_date AND rate_findings.until_date
    AND rate_findings.segment = CASE rate_findings.segment_kind
        WHEN 'host' THEN event_lines.host_group
        WHEN 'event' THEN event_lines.event_name
        WHEN 'path' THEN event_lines.path_group
        WHEN 'agent' THEN event_lines.agent
        WHEN 'hour' THEN event_lines.clock_hour
        ELSE rate_findings.segment
    END
    AND has_client = 1 AND is_bot = 0 AND referrer_kind = CASE WHEN shift = 1 THEN 'opaque' ELSE 'site' END
ORDER BY event_lines.event_id, rate_findings.segment
LIMIT 20
