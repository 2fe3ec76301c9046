-- title: Client ids of another form
-- description: Ids of another form than nearly all others come from another tag: the same person has two of them, and visits fall apart into two.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: client_id_format_drift
-- message: {observed} of {events_of} have one of another form than the rest, or than before; {expected} is usual.
-- cause: A second tag, or pages that set an id of their own; or a program that runs through the shop without keeping cookies.
-- remedy: Let all tags read the same cookie. Look at the agents of these events: a crawler is to be left out.
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
WHERE measure = 'odd_client'
ORDER BY subject, since_date

-- samples
SELECT input_files.file_name, raw_events.line_number, 'client id of the form ' || odd_clients.client_shape || '; most are ' || odd_clients.prevailing_shape AS reason
FROM raw_events
JOIN input_files ON input_files.file_id = raw_events.file_id
JOIN odd_clients ON odd_clients.client_key = raw_events.client_key
WHERE
    1 = 1
    AND raw_events.event_date >= (SELECT MIN(since_date) FROM rate_findings WHERE measure = 'odd_client')
    AND raw_events.event_date <= (SELECT MAX(until_date) FROM rate_findings WHERE measure = 'odd_client')
ORDER BY raw_events.event_id
LIMIT 20
