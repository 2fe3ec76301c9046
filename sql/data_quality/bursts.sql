-- title: Bursts
-- description: A segment whose share of the day's events multiplies while the others stay level: a tag that fires twice, a second tag, a crawler.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: unmarked_bot_flood
-- follows: bot_surge
-- message: {subject} has {observed} of the events; {expected} is usual. The rest of the shop did not grow with it.
-- cause: A second or repeated tag on these pages; in one hour of the day, a crawler that does not say so.
-- remedy: Look at the client ids and agents of these events before you trust page views and bounce rate.
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
WHERE measure = 'share_of_events'
ORDER BY subject, since_date

-- samples
SELECT file_name, line_number, what AS reason
FROM rate_lines
WHERE measure = 'share_of_events' AND (segment_kind <> 'hour' OR is_bot = 0)
ORDER BY event_id
LIMIT 20
