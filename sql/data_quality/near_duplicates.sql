-- title: Events sent twice
-- description: The same client, event and page again within a second: such pairs are two events in every count.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 2, expected percent 2
-- defect: near_duplicates
-- defect: doubled_tag
-- message: {observed} of {events_of} repeat the one before within a second; {expected} is usual. The copies count.
-- cause: A tag that is on the page twice, or that fires on two triggers.
-- remedy: Remove the second tag or trigger. Page views and steps of the funnel are too high by this share; sessions and revenue are not touched.
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
WHERE measure = 'near_duplicate'
ORDER BY subject, since_date

-- samples
SELECT input_files.file_name, raw_events.line_number, 'repeats the event before after ' || CAST(near_duplicates.gap_ms AS TEXT) || ' ms' AS reason
FROM raw_events
JOIN input_files ON input_files.file_id = raw_events.file_id
JOIN near_duplicates ON near_duplicates.event_id = raw_events.event_id
WHERE
    near_duplicates.has_page = 1
    AND raw_events.event_date >= (SELECT MIN(since_date) FROM rate_findings WHERE measure = 'near_duplicate')
    AND raw_events.event_date <= (SELECT MAX(until_date) FROM rate_findings WHERE measure = 'near_duplicate')
ORDER BY raw_events.event_id
LIMIT 20
