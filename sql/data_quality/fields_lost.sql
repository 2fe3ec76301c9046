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
-- param sample_rows: as in exact_duplicates
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
WITH found AS (
    SELECT
        measure,
        subject,
        since,
        shift,
        event_id,
        ROW_NUMBER() OVER (PARTITION BY measure, subject, since ORDER BY event_id) AS sample_number
    FROM finding_lines
    WHERE measure IN ('no_page', 'no_user_agent', 'no_payload') AND CASE measure WHEN 'no_page' THEN page_key WHEN 'no_user_agent' THEN user_agent_key ELSE payload_key END IS NULL
)

SELECT found.subject || ': ' || CASE found.measure WHEN 'no_page' THEN 'no page URL' WHEN 'no_user_agent' THEN 'no user agent' WHEN 'no_payload' THEN 'no payload' END AS subject, found.since, event_lines.file_name, event_lines.line_number, CASE found.measure WHEN 'no_page' THEN 'no page URL' WHEN 'no_user_agent' THEN 'no user agent' WHEN 'no_payload' THEN 'no payload' END || ': ' || event_lines.what AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id, found.measure, found.subject
