-- title: Purchases
-- description: Orders of the day. Revenue is orders times their value: this is the one half of it.
-- severity: critical
-- tier: health
-- message: {observed} {observed:order|orders} on {event_date}, where {expected} {expected:was|were} expected ({low} to {high}).
-- format: observed integer, expected integer, low integer, high integer, found_low integer, found_high integer, explained_share percent 0, money_at_stake money 0
-- param critical_share: 0.5
-- param critical_probability: 0.00001
SELECT
    metric_alarms.*,
    CASE WHEN observed < :critical_share * expected AND probability <= :critical_probability THEN 'critical' ELSE 'warn' END AS severity
FROM metric_alarms
WHERE metric = 'orders'
    AND segment_kind = 'all'
ORDER BY event_date, subject
