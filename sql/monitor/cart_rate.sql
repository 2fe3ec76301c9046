-- title: Cart rate
-- description: Visits that put something into the cart.
-- severity: warn
-- tier: drift
-- message: {observed} of {population} visits on {event_date} filled a cart, where {expected} was expected ({low} to {high}).
-- format: observed percent 2, expected percent 2, low percent 2, high percent 2, found_low percent 2, found_high percent 2, explained_share percent 0, money_at_stake money 0
SELECT *
FROM metric_alarms
WHERE metric = 'cart_rate'
    AND segment_kind = 'all'
ORDER BY event_date, subject
