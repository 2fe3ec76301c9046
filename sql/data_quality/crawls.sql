-- title: Crawls
-- description: An hour of the day in which known bots make many times their usual share of the day's events.
-- severity: info
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: bot_flood
-- message: In {subject} known bots make {observed} of all events of the day; {expected} is usual.
-- cause: A search engine, or an audit of the site, went through its pages.
-- remedy: None, as bots are flagged; read volumes by hour without them.
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
    events_touched
FROM rate_results
WHERE measure = 'crawl'
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
    WHERE measure = 'crawl' AND is_bot = 1
)

SELECT found.subject, found.since, event_lines.file_name, event_lines.line_number, 'a known bot: ' || event_lines.what AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id, found.measure, found.subject
