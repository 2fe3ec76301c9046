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
SELECT input_files.file_name, raw_events.line_number, 'no client id on ' || COALESCE(pages.host, '') || CASE WHEN pages.personal_data IS NULL THEN COALESCE(pages.path, '') ELSE '' END AS reason
FROM raw_events
JOIN input_files ON input_files.file_id = raw_events.file_id
LEFT JOIN pages ON pages.page_key = raw_events.page_key
WHERE
    raw_events.has_client = 0
    AND raw_events.event_date >= (SELECT MIN(since_date) FROM rate_findings WHERE measure = 'no_client')
    AND raw_events.event_date <= (SELECT MAX(until_date) FROM rate_findings WHERE measure = 'no_client')
ORDER BY raw_events.event_id
LIMIT 20
