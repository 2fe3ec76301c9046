-- title: Checkout completion by device
-- description: Of the visits that began a checkout on a device, those that bought: a checkout that is broken on one device is lost
--   in the sum of all.
-- severity: critical
-- tier: health
-- message: {observed} of {population} checkouts on {subject} on {event_date} ended in a purchase, where {expected} was expected ({low} to {high}).
-- format: observed percent 1, expected percent 1, low percent 1, high percent 1, found_low percent 1, found_high percent 1, explained_share percent 0, money_at_stake money 0
-- param critical_share: 0.5
-- param critical_probability: 0.00001
SELECT
    metric_alarms.*,
    CASE WHEN observed < :critical_share * expected AND probability <= :critical_probability THEN 'critical' ELSE 'warn' END AS severity
FROM metric_alarms
WHERE metric = 'checkout_completion'
    AND segment_kind = 'device'
ORDER BY event_date, subject
