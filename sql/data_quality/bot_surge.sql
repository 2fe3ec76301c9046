-- title: Bots: a surge
-- description: The share of events of known bots, against the days before, as a whole and in segments.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: bot_flood
-- message: Known bots make {observed} of the events of {subject}; {expected} is usual.
-- cause: A crawler, a monitoring service or a test runs through these pages.
-- remedy: Leave bots out of rates (they are flagged); look at what runs there if it reaches the checkout.
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
WHERE measure = 'bot'
ORDER BY subject, since_date

-- samples
SELECT file_name, line_number, 'a known bot: ' || what AS reason
FROM rate_lines
WHERE measure = 'bot' AND is_bot = 1
ORDER BY event_id
LIMIT 20
