-- title: Bots: a surge
-- description: The share of events of known bots, against the days before, as a whole and in segments.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: bot_flood
-- message: Known bots make {observed} of {events_of}; {expected} is usual.
-- cause: A crawler, a monitoring service or a test runs through these pages.
-- remedy: Leave bots out of rates (they are flagged); look at what runs there if it reaches the checkout.
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
WHERE measure = 'bot'
ORDER BY subject, since_date

-- samples
SELECT event_lines.file_name, event_lines.line_number, 'a known bot: ' || what AS reason
FROM event_lines
CROSS JOIN rate_findings
WHERE
    measure = 'bot'
    AND event_lines.event_id >= (SELECT MIN(first_event_id) FROM rate_findings WHERE measure = 'bot')
    AND event_lines.event_date BETWEEN rate_findings.since_date AND rate_findings.until_date
    AND rate_findings.segment = CASE rate_findings.segment_kind
        WHEN 'host' THEN event_lines.host_group
        WHEN 'event' THEN event_lines.event_name
        WHEN 'path' THEN event_lines.path_group
        WHEN 'agent' THEN event_lines.agent
        WHEN 'hour' THEN event_lines.clock_hour
        ELSE rate_findings.segment
    END
    AND is_bot = 1
ORDER BY event_lines.event_id, rate_findings.segment
LIMIT 20
