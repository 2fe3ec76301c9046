-- title: Payload errors
-- description: Payloads that are no JSON, not even after mending single quotes: what they say of orders and products is lost.
-- severity: warn
-- tier: integrity
-- message: {observed} of {population} payloads on {event_date} can't be read, where {expected} was expected ({low} to {high}).
-- format: observed percent 1, expected percent 1, low percent 1, high percent 1, found_low percent 1, found_high percent 1, explained_share percent 0, money_at_stake money 0
SELECT *
FROM metric_alarms
WHERE metric = 'payload_errors'
    AND segment_kind = 'all'
ORDER BY event_date, subject
