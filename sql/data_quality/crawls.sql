-- title: Crawls
-- description: An hour of the day in which known bots make many times their usual share of the day's events.
-- severity: info
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: bot_flood
-- message: In {subject} known bots make {observed} of the day's events; {expected} is usual.
-- cause: A search engine, or an audit of the site, went through its pages.
-- remedy: None, as bots are flagged; read volumes by hour without them.
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
WHERE measure = 'crawl'
ORDER BY subject, since_date

-- samples
SELECT file_name, line_number, 'a known bot: ' || what AS reason
FROM rate_lines
WHERE measure = 'crawl' AND is_bot = 1
ORDER BY event_id
LIMIT 20
