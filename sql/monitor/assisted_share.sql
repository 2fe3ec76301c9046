-- title: Assisted share
-- description: Orders whose first and last click differ. A leap means that clicks are lost, or counted anew.
-- severity: warn
-- tier: drift
-- message: {observed} of {population} orders on {event_date} are assisted, where {expected} was expected ({low} to {high}).
-- format: observed percent 1, expected percent 1, low percent 1, high percent 1, found_low percent 1, found_high percent 1, explained_share percent 0, money_at_stake money 0
SELECT *
FROM metric_alarms
WHERE metric = 'assisted_share'
    AND segment_kind = 'all'
ORDER BY event_date, subject
