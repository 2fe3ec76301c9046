-- title: Bursts
-- description: A segment whose share of the day's events multiplies while the others stay level: a tag that fires twice, a second tag, a crawler.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: unmarked_bot_flood
-- follows: bot_surge
-- message: {who} {observed} of all events; {expected} is usual. The rest of the shop did not grow with it.
-- cause: A second or repeated tag on these pages; in one hour of the day, a crawler that does not say so.
-- remedy: Look at the client ids and agents of these events before you trust page views and bounce rate.
SELECT
    subject,
    population,
    observed,
    expected,
    passed,
    CASE WHEN segment_kind = 'hour' THEN 'People in ' || subject || ' make' ELSE subject || ' has' END AS who,
    since,
    until,
    note,
    events_touched
FROM rate_results
WHERE measure = 'share_of_events'
ORDER BY subject, since_date

-- samples
SELECT event_lines.file_name, event_lines.line_number, what AS reason
FROM event_lines
CROSS JOIN rate_findings
WHERE
    measure = 'share_of_events'
    AND event_lines.event_id >= (SELECT MIN(first_event_id) FROM rate_findings WHERE measure = 'share_of_events')
    AND event_lines.event_date BETWEEN rate_findings.since_date AND rate_findings.until_date
    AND rate_findings.segment = CASE rate_findings.segment_kind
        WHEN 'host' THEN event_lines.host_group
        WHEN 'event' THEN event_lines.event_name
        WHEN 'path' THEN event_lines.path_group
        WHEN 'agent' THEN event_lines.agent
        WHEN 'hour' THEN event_lines.clock_hour
        ELSE rate_findings.segment
    END
    AND (segment_kind <> 'hour' OR is_bot = 0)
ORDER BY event_lines.event_id, rate_findings.segment
LIMIT 20
