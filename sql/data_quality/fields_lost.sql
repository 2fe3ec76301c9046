-- title: Pages, agents and payloads that went missing
-- description: The other fields of an event, against the days before, as a whole and in segments.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: empty_payloads
-- defect: null_page_urls
-- defect: null_user_agents
-- message: {observed} of {events_of} have {what}; {expected} is usual.
-- cause: A change of the tag or of the export on that day.
-- remedy: Compare the tag before and after; what is missing is missing in channels (page), devices (agent) or revenue (payload).
SELECT
    subject || CASE measure WHEN 'no_page' THEN ': no page URL' WHEN 'no_user_agent' THEN ': no user agent' WHEN 'no_payload' THEN ': no payload' END AS subject,
    population,
    observed,
    expected,
    passed,
    events_of,
    CASE measure WHEN 'no_page' THEN 'no page URL' WHEN 'no_user_agent' THEN 'no user agent' WHEN 'no_payload' THEN 'no payload' END AS what,
    since,
    until,
    note,
    events_touched
FROM rate_results
WHERE measure IN ('no_page', 'no_user_agent', 'no_payload')
ORDER BY 1, since_date

-- samples
SELECT event_lines.file_name, event_lines.line_number, CASE measure WHEN 'no_page' THEN 'no page URL: ' WHEN 'no_user_agent' THEN 'no user agent: ' ELSE 'no payload: ' END || what AS reason
FROM event_lines
CROSS JOIN rate_findings
WHERE
    measure IN ('no_page', 'no_user_agent', 'no_payload')
    AND event_lines.event_id >= (SELECT MIN(first_event_id) FROM rate_findings WHERE measure IN ('no_page', 'no_user_agent', 'no_payload'))
    AND event_lines.event_date BETWEEN rate_findings.since_date AND rate_findings.until_date
    AND rate_findings.segment = CASE rate_findings.segment_kind
        WHEN 'host' THEN event_lines.host_group
        WHEN 'event' THEN event_lines.event_name
        WHEN 'path' THEN event_lines.path_group
        WHEN 'agent' THEN event_lines.agent
        WHEN 'hour' THEN event_lines.clock_hour
        ELSE rate_findings.segment
    END
    AND CASE measure WHEN 'no_page' THEN page_key WHEN 'no_user_agent' THEN user_agent_key ELSE payload_key END IS NULL
ORDER BY event_lines.event_id, rate_findings.segment
LIMIT 20
