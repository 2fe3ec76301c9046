-- title: Bursts
-- description: A segment whose share of the day's events multiplies while the others stay level: a tag that fires twice, a second tag, a crawler.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- message: {subject} has {observed} of the events; {expected} is usual. The rest of the shop did not grow with it.
-- cause: A second or repeated tag on these pages; in one hour of the day, a crawler.
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
