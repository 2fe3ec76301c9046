-- title: Events without client_id
-- description: Events that no client can be told of count as volume and revenue, and are lost to sessions and attribution.
-- severity: warn
-- tier: integrity
-- message: {observed} of {population} events on {event_date} have no client_id, where {expected} was expected ({low} to {high}).
-- format: observed percent 1, expected percent 1, low percent 1, high percent 1, found_low percent 1, found_high percent 1, explained_share percent 0, money_at_stake money 0
SELECT *
FROM metric_alarms
WHERE metric = 'null_client'
    AND segment_kind = 'all'
ORDER BY event_date, subject
