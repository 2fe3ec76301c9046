-- title: Repeated order ids
-- description: Orders whose id was used before: a confirmation page that is loaded twice, or a tag that fires twice.
-- severity: warn
-- tier: integrity
-- message: {observed} of {population} orders on {event_date} repeat an id, where {expected} was expected ({low} to {high}).
-- format: observed percent 1, expected percent 1, low percent 1, high percent 1, found_low percent 1, found_high percent 1, explained_share percent 0, money_at_stake money 0
SELECT *
FROM metric_alarms
WHERE metric = 'repeated_orders'
    AND segment_kind = 'all'
ORDER BY event_date, subject
