-- title: Average order value
-- description: What an order is worth on average, compared as a ratio. The other half of revenue.
-- severity: warn
-- tier: drift
-- message: Orders of {observed} on average on {event_date}, where {expected} was expected ({low} to {high}).
-- format: observed money, expected money, low money, high money, found_low money, found_high money, explained_share percent 0, money_at_stake money 0
SELECT *
FROM metric_alarms
WHERE metric = 'order_value'
    AND segment_kind = 'all'
ORDER BY event_date, subject
