-- title: Crawls
-- description: An hour of the day in which known bots make many times their usual share of the day's events.
-- severity: info
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: bot_flood
-- message: In {subject} known bots make {observed} of all events of the day; {expected} is usual.
-- cause: A search engine, or an audit of the site, went through its pages.
-- remedy: None, as bots are flagged; read volumes by hour without them.
SELECT
    subject,
    population,
    observed,
    expected,
    passed,
    since,
    until,
    note,
    events_touched
FROM rate_results
WHERE measure = 'crawl'
ORDER BY subject, since_date

-- samples
SELECT event_lines.file_name, event_lines.line_number, 'a known bot: ' || what AS reason
FROM event_lines
CROSS JOIN rate_findings
WHERE
    measure = 'crawl'
    AND event_lines.event_id >= (SELECT MIN(first_event_id) FROM rate_findings WHERE measure = 'crawl')
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
