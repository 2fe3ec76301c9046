-- title: Client ids of another form
-- description: Ids of another form than nearly all others come from another tag: the same person has two of them, and visits fall apart into two.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: client_id_format_drift
-- message: {observed} of {events_of} have one of another form than the rest, or than before; {expected} is usual.
-- cause: A second tag, or pages that set an id of their own; or a program that runs through the shop without keeping cookies.
-- remedy: Let all tags read the same cookie. Look at the agents of these events: a crawler is to be left out.
-- param sample_rows: as in exact_duplicates
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
WITH found AS (
    SELECT
        subject,
        since,
        event_id,
        ROW_NUMBER() OVER (PARTITION BY measure, subject, since ORDER BY event_id) AS sample_number
    FROM finding_lines
    WHERE measure = 'odd_client' AND is_odd_client = 1
)

SELECT found.subject, found.since, event_lines.file_name, event_lines.line_number, 'client id of the form ' || odd_clients.client_shape || '; most are ' || odd_clients.prevailing_shape AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
JOIN odd_clients ON odd_clients.client_key = event_lines.client_key
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id, found.subject
