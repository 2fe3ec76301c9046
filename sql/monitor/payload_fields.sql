-- title: Payload fields
-- description: How often each field of each event's payload is filled: a field that vanishes takes a figure with it.
-- severity: warn
-- tier: integrity
-- message: {subject} is filled in {observed} of {population} on {event_date}, where {expected} was expected ({low} to {high}).
-- format: observed percent 1, expected percent 1, low percent 1, high percent 1, found_low percent 1, found_high percent 1, explained_share percent 0, money_at_stake money 0
SELECT *
FROM metric_alarms
WHERE metric = 'payload_fields'
    AND segment_kind = 'field'
ORDER BY event_date, subject
