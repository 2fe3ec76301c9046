-- title: Bots: a surge
-- description: The share of events of known bots, against the days before, as a whole and in segments.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: bot_flood
-- message: Known bots make {observed} of {events_of}; {expected} is usual.
-- cause: A crawler, a monitoring service or a test runs through these pages.
-- remedy: Leave bots out of rates (they are flagged); look at what runs there if it reaches the checkout.
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
WHERE measure = 'bot'
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
    WHERE measure = 'bot' AND is_bot = 1
)

SELECT found.subject, found.since, event_lines.file_name, event_lines.line_number, 'a known bot: ' || event_lines.what AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id, found.measure, found.subject
