-- title: Events by name
-- description: Each event by itself: a step of the funnel whose tag is broken shows here first.
-- severity: warn
-- tier: health
-- message: {observed} {observed:event|events} {subject} on {event_date}, where {expected} {expected:was|were} expected ({low} to {high}).
-- format: observed integer, expected integer, low integer, high integer, found_low integer, found_high integer, explained_share percent 0, money_at_stake money 0
SELECT *
FROM metric_alarms
WHERE metric = 'events'
    AND segment_kind = 'event'
ORDER BY event_date, subject
