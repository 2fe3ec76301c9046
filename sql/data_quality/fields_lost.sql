-- title: Pages, agents and payloads that went missing
-- description: The other fields of an event, against the days before, as a whole and in segments.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: empty_payloads
-- defect: null_page_urls
-- defect: null_user_agents
-- message: {observed} of the events of {subject}; {expected} is usual.
-- cause: A change of the tag or of the export on that day.
-- remedy: Compare the tag before and after; what is missing is missing in channels (page), devices (agent) or revenue (payload).
SELECT
    subject || CASE measure WHEN 'no_page' THEN ': no page URL' WHEN 'no_user_agent' THEN ': no user agent' WHEN 'no_payload' THEN ': no payload' END AS subject,
    population,
    observed,
    expected,
    passed,
    since,
    until,
    events_touched
FROM rate_results
WHERE measure IN ('no_page', 'no_user_agent', 'no_payload')
ORDER BY 1, since_date

-- samples
SELECT file_name, line_number, CASE measure WHEN 'no_page' THEN 'no page URL: ' WHEN 'no_user_agent' THEN 'no user agent: ' ELSE 'no payload: ' END || what AS reason
FROM rate_lines
WHERE measure IN ('no_page', 'no_user_agent', 'no_payload') AND CASE measure WHEN 'no_page' THEN page_key WHEN 'no_user_agent' THEN user_agent_key ELSE payload_key END IS NULL
ORDER BY event_id
LIMIT 20
