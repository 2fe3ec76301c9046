-- title: Top product share
-- description: The units of the day's best-selling product among all: a day that hangs on one product.
-- severity: info
-- tier: drift
-- message: {observed} of {population} units sold on {event_date} are of one product, where {expected} was expected ({low} to {high}).
-- format: observed percent 1, expected percent 1, low percent 1, high percent 1, found_low percent 1, found_high percent 1, explained_share percent 0, money_at_stake money 0
SELECT *
FROM metric_alarms
WHERE metric = 'top_product_share'
    AND segment_kind = 'all'
ORDER BY event_date, subject
