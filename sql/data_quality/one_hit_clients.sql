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
-- param sample_rows: as in exact_duplicates
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
WITH found AS (
    SELECT
        rate_results.subject,
        rate_results.since,
        event_order.event_id,
        ROW_NUMBER() OVER (PARTITION BY rate_results.subject, rate_results.since ORDER BY event_order.event_id) AS sample_number
    FROM rate_results
    JOIN client_steps ON client_steps.first_date = rate_results.since_date AND client_steps.device_type = rate_results.segment
    JOIN event_order ON event_order.client_key = client_steps.client_key
    WHERE rate_results.measure = 'one_hit_client' AND rate_results.passed = 0 AND client_steps.is_bot = 0 AND client_steps.event_count = 1
)

SELECT found.subject, found.since, event_lines.file_name, event_lines.line_number, 'the only event of its client: ' || event_lines.what AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id, found.subject
