-- title: Clients that do one thing
-- description: The share of new clients with a single event, by device, against the days before. Where it jumps, ids do not last from page to page: every page view looks like a new visitor who bounces.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: one_hit_clients
-- defect: unmarked_bot_flood
-- message: {observed} of the new clients on {subject} that are no known bots have a single event; {expected} is usual.
-- cause: The cookie is not kept (a consent banner, a browser's new rule, a server that sets a fresh id), or a crawler under a browser's name.
-- remedy: Open the shop on that device and look whether the id stays the same. Users, sessions and bounce rate of the day are too high.
SELECT
    subject,
    population,
    observed,
    expected,
    passed,
    since,
    until,
    note,
    events_touched AS sessions_touched
FROM rate_results
WHERE measure = 'one_hit_client'
ORDER BY subject, since_date

-- samples
SELECT event_lines.file_name, event_lines.line_number, 'the only event of its client: ' || event_lines.what AS reason
FROM client_steps
JOIN event_order ON event_order.client_key = client_steps.client_key
JOIN event_lines ON event_lines.event_id = event_order.event_id
JOIN rate_findings ON client_steps.first_date BETWEEN rate_findings.since_date AND rate_findings.until_date
WHERE rate_findings.measure = 'one_hit_client' AND rate_findings.segment = client_steps.device_type AND client_steps.is_bot = 0 AND client_steps.event_count = 1
ORDER BY event_lines.event_id
LIMIT 20
