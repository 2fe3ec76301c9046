-- title: Checkout completion
-- description: Of the visits that began a checkout, those that bought. How many come and how ready they are to buy differs from day to day; how many
--   get through the checkout hardly does: a loss of orders shows here before it shows in revenue.
-- severity: critical
-- tier: health
-- message: {observed} of {population} checkouts on {event_date} ended in a purchase, where {expected} was expected ({low} to {high}).
-- format: observed percent 1, expected percent 1, low percent 1, high percent 1, found_low percent 1, found_high percent 1, explained_share percent 0, money_at_stake money 0
-- param critical_share: 0.5
-- param critical_probability: 0.00001
SELECT
    metric_alarms.*,
    CASE WHEN observed < :critical_share * expected AND probability <= :critical_probability THEN 'critical' ELSE 'warn' END AS severity
FROM metric_alarms
WHERE metric = 'checkout_completion'
    AND segment_kind = 'all'
ORDER BY event_date, subject
