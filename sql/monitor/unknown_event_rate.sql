-- title: Unknown events
-- description: Events whose name is not in the taxonomy: a new name for an old event is an event that no report counts.
-- severity: warn
-- tier: integrity
-- message: {observed} of {population} events on {event_date} have an unknown name, where {expected} was expected ({low} to {high}).
-- format: observed percent 1, expected percent 1, low percent 1, high percent 1, found_low percent 1, found_high percent 1, explained_share percent 0, money_at_stake money 0
SELECT *
FROM metric_alarms
WHERE metric = 'unknown_events'
    AND segment_kind = 'all'
ORDER BY event_date, subject
