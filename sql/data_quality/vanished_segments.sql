-- title: Segments that vanished
-- description: An event name, host or path that was there every day and is missing, or nearly so, while the rest goes on.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 2, expected percent 2
-- defect: vanished_event
-- defect: renamed_event
-- defect: respelt_event
-- follows: purchases_by_day
-- message: {subject} has {observed} of all events; {expected} is usual.
-- cause: A tag was removed or renamed, or a page moved.
-- remedy: If the event has a new name, teach it to sql/reference/event_taxonomy.sql; see the repairs that the report proposes.
SELECT
    subject,
    population,
    observed,
    expected,
    passed,
    since,
    until,
    note,
    events_touched
FROM rate_results
WHERE measure = 'share_lost'
ORDER BY subject, since_date
