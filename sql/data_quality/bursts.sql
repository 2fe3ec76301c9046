-- title: Bursts
-- description: A segment whose share of the day's events multiplies while the others stay level: a tag that fires twice, a second tag, a crawler.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: unmarked_bot_flood
-- follows: bot_surge
-- message: {who} {observed} of all events; {expected} is usual. The rest of the shop did not grow with it.
-- cause: A second or repeated tag on these pages; in one hour of the day, a crawler that does not say so.
-- remedy: Look at the client ids and agents of these events before you trust page views and bounce rate.
-- param sample_rows: as in exact_duplicates
SELECT
    subject,
    population,
    observed,
    expected,
    passed,
    CASE WHEN segment_kind = 'hour' THEN 'People in ' || subject || ' make' ELSE subject || ' has' END AS who,
    since,
    until,
    note,
    events_touched
FROM rate_results
WHERE measure = 'share_of_events'
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
    WHERE measure = 'share_of_events' AND (segment_kind <> 'hour' OR is_bot = 0)
)

SELECT found.subject, found.since, event_lines.file_name, event_lines.line_number, event_lines.what AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id, found.measure, found.subject
