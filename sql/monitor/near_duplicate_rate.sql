-- title: Near duplicates
-- description: Events that repeat what the client sent a moment before: a tag that fires twice and takes its own time. They are
--   counted, not dropped.
-- severity: warn
-- tier: integrity
-- message: {observed} of {population} events on {event_date} repeat the one a moment before, where {expected} was expected ({low} to {high}).
-- format: observed percent 1, expected percent 1, low percent 1, high percent 1, found_low percent 1, found_high percent 1, explained_share percent 0, money_at_stake money 0
SELECT *
FROM metric_alarms
WHERE metric = 'near_duplicates'
    AND segment_kind = 'all'
ORDER BY event_date, subject
