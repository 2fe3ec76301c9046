-- title: Duplicate events
-- description: Exact copies, which are dropped. Many of them mean that a tag fires twice or that a file holds a part of the day
--   twice.
-- severity: warn
-- tier: integrity
-- message: {observed} of {population} records on {event_date} repeat an earlier one, where {expected} was expected ({low} to {high}).
-- format: observed percent 1, expected percent 1, low percent 1, high percent 1, found_low percent 1, found_high percent 1, explained_share percent 0, money_at_stake money 0
SELECT *
FROM metric_alarms
WHERE metric = 'duplicates'
    AND segment_kind = 'all'
ORDER BY event_date, subject
