-- title: Clients that do one thing
-- description: The share of new clients with a single event, by device, against the days before. Where it jumps, ids do not last from page to page: every page view looks like a new visitor who bounces.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: one_hit_clients
-- defect: unmarked_bot_flood
-- message: {observed} of the new clients on {subject} have a single event; {expected} is usual.
-- cause: The cookie is not kept (a consent banner, a browser's new rule, a server that sets a fresh id), or a crawler under a browser's name.
-- remedy: Open the shop on that device and look whether the id stays the same. Users, sessions and bounce rate of the day are too high.
SELECT
    subject,
    population,
    observed,
    expected,
    passed,
    since,
    until
FROM rate_results
WHERE measure = 'one_hit_client'
ORDER BY subject, since_date
