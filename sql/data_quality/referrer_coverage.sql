-- title: Referrers: how many are empty
-- description: The share of events without a referrer (of those whose file has the column), against the days before. A jump in either direction changes what counts as direct, organic and referral although nothing changed with the visitors.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: null_referrers
-- defect: referrer_loss_within_day
-- message: {observed} of {events_of} have an empty referrer; {expected} is usual.
-- cause: The tag began, or ceased, to send or keep the referrer: another referrer policy, a consent banner, a new version of the tag.
-- remedy: Do not compare organic, referral and direct traffic across this moment.
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
WHERE measure = 'no_referrer'
ORDER BY subject, since_date

-- samples
SELECT event_lines.file_name, event_lines.line_number, CASE WHEN shift = 1 THEN 'no referrer: ' ELSE 'a referrer, where most had none: ' END || what AS reason
FROM event_lines
CROSS JOIN rate_findings
WHERE
    measure = 'no_referrer'
    AND event_lines.event_id >= (SELECT MIN(first_event_id) FROM rate_findings WHERE measure = 'no_referrer')
    AND event_lines.event_date BETWEEN rate_findings.since_date AND rate_findings.until_date
    AND rate_findings.segment = CASE rate_findings.segment_kind
        WHEN 'host' THEN event_lines.host_group
        WHEN 'event' THEN event_lines.event_name
        WHEN 'path' THEN event_lines.path_group
        WHEN 'agent' THEN event_lines.agent
        WHEN 'hour' THEN event_lines.clock_hour
        ELSE rate_findings.segment
    END
    AND has_client = 1 AND is_bot = 0 AND CASE WHEN referrer_kind = 'empty' THEN 1 ELSE -1 END = shift AND referrer_kind <> 'unknown'
ORDER BY event_lines.event_id, rate_findings.segment
LIMIT 20
