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
    NULLIF(events_touched, 0) AS events_touched
FROM rate_results
WHERE measure = 'share_lost'
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
    WHERE measure = 'share_lost'
)

SELECT found.subject, found.since, event_lines.file_name, event_lines.line_number, 'one of those that are left: ' || event_lines.what AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id, found.measure, found.subject
