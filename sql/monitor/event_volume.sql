-- title: Event volume
-- description: All events of the day. A drop without fewer visits means that a tag is gone; a rise without more visits, that one
--   fires twice.
-- severity: critical
-- tier: health
-- message: {observed} {observed:event|events} on {event_date}, where {expected} {expected:was|were} expected ({low} to {high}).
-- format: observed integer, expected integer, low integer, high integer, found_low integer, found_high integer, explained_share percent 0, money_at_stake money 0
-- param critical_share: 0.5
-- param critical_probability: 0.00001
SELECT
    metric_alarms.*,
    CASE WHEN observed < :critical_share * expected AND probability <= :critical_probability THEN 'critical' ELSE 'warn' END AS severity
FROM metric_alarms
WHERE metric = 'events'
    AND segment_kind = 'all'
ORDER BY event_date, subject
