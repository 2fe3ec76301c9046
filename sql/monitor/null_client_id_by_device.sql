-- title: Events without client_id by device
-- description: The same on each device: consent banners and browsers lose the client of one kind of device, which the sum of all hides.
-- severity: warn
-- tier: integrity
-- message: {observed} of {population} events by {subject} on {event_date} have no client_id, where {expected} was expected ({low} to {high}).
-- format: observed percent 1, expected percent 1, low percent 1, high percent 1, found_low percent 1, found_high percent 1, explained_share percent 0, money_at_stake money 0
SELECT *
FROM metric_alarms
WHERE metric = 'null_client'
    AND segment_kind = 'device'
ORDER BY event_date, subject
