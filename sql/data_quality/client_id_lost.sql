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
-- message: {observed} of the events of {subject} have no client id; {expected} is usual.
-- cause: A tag that sends events before, or without, the client id: a new consent banner, a second tag on these pages, a server-side tag.
-- remedy: Have the tag on these pages send the client id. Until then conversion rates and channels of these visits rest on the rest.
SELECT
    subject,
    population,
    observed,
    expected,
    passed,
    since,
    until,
    events_touched
FROM rate_results
WHERE measure = 'no_client'
ORDER BY subject, since_date

-- samples
SELECT file_name, line_number, 'no client id: ' || what AS reason
FROM rate_lines
WHERE measure = 'no_client' AND has_client = 0
ORDER BY event_id
LIMIT 20
