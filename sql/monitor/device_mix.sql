-- title: Device mix
-- description: The share of each device in the visits.
-- severity: warn
-- tier: drift
-- message: {observed} of {population} visits on {event_date} are by {subject}, where {expected} was expected ({low} to {high}).
-- format: observed percent 1, expected percent 1, low percent 1, high percent 1, found_low percent 1, found_high percent 1, explained_share percent 0, money_at_stake money 0
SELECT *
FROM metric_alarms
WHERE metric = 'device_share'
    AND segment_kind = 'device'
ORDER BY event_date, subject
