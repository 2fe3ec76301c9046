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
WHERE measure = 'no_client'
ORDER BY subject, since_date

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
    WHERE measure = 'no_client' AND has_client = 0
)

SELECT found.subject, found.since, event_lines.file_name, event_lines.line_number, 'no client id: ' || event_lines.what AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id, found.measure, found.subject
