-- title: Checkout rate by device
-- description: Visits on each device that began a checkout: one that can't be begun on phones is lost in the sum of all.
-- severity: warn
-- tier: drift
-- message: {observed} of {population} visits by {subject} on {event_date} began a checkout, where {expected} was expected ({low} to {high}).
-- format: observed percent 2, expected percent 2, low percent 2, high percent 2, found_low percent 2, found_high percent 2, explained_share percent 0, money_at_stake money 0
SELECT *
FROM metric_alarms
WHERE metric = 'checkout_rate'
    AND segment_kind = 'device'
ORDER BY event_date, subject
