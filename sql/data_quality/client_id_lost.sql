-- title: Client ids that went missing
-- description: Events without a client id are in no session and have no channel. A jump in one segment is told although the whole looks fine.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: null_client_ids
-- defect: null_client_ids_on_host
-- defect: null_client_ids_on_path
-- defect: second_tag_without_id
-- defect: declined_consent
-- message: {observed} of {events_of} have no client id; {expected} is usual.
-- cause: A tag that sends events before, or without, the client id: a new consent banner, a second tag on these pages, a server-side tag.
-- remedy: Have the tag on these pages send the client id. Until then conversion rates and channels of these visits rest on the rest.
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
WHERE measure = 'no_client'
ORDER BY subject, since_date

-- samples
SELECT event_lines.file_name, event_lines.line_number, 'no client id: ' || what AS reason
FROM event_lines
CROSS JOIN rate_findings
WHERE
    measure = 'no_client'
    AND event_lines.event_id >= (SELECT MIN(first_event_id) FROM rate_findings WHERE measure = 'no_client')
    AND event_lines.event_date BETWEEN rate_findings.since_date AND rate_findings.until_date
    AND rate_findings.segment = CASE rate_findings.segment_kind
        WHEN 'host' THEN event_lines.host_group
        WHEN 'event' THEN event_lines.event_name
        WHEN 'path' THEN event_lines.path_group
        WHEN 'agent' THEN event_lines.agent
        WHEN 'hour' THEN event_lines.clock_hour
        ELSE rate_findings.segment
    END
    AND has_client = 0
ORDER BY event_lines.event_id, rate_findings.segment
LIMIT 20
