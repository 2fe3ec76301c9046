-- title: Referrer coverage
-- description: Visits whose referrer is known. It falls when a file loses its column or the site sends a stricter policy.
-- severity: warn
-- tier: integrity
-- message: {observed} of {population} visits on {event_date} have a referrer, where {expected} was expected ({low} to {high}).
-- format: observed percent 1, expected percent 1, low percent 1, high percent 1, found_low percent 1, found_high percent 1, explained_share percent 0, money_at_stake money 0
SELECT *
FROM metric_alarms
WHERE metric = 'referrer_coverage'
    AND segment_kind = 'all'
ORDER BY event_date, subject
