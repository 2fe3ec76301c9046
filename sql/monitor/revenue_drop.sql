-- title: Revenue
-- description: The day's revenue against the same weekday and the weeks before. See purchases and order value for which of the two
--   moved.
-- severity: critical
-- tier: drift
-- message: Revenue of {observed} on {event_date}, where {expected} was expected ({low} to {high}).
-- format: observed money 0, expected money 0, low money 0, high money 0, found_low money 0, found_high money 0, explained_share percent 0, money_at_stake money 0
-- param critical_share: 0.5
-- param critical_probability: 0.00001
SELECT
    metric_alarms.*,
    CASE WHEN observed < :critical_share * expected AND probability <= :critical_probability THEN 'critical' ELSE 'warn' END AS severity
FROM metric_alarms
WHERE metric = 'revenue'
    AND segment_kind = 'all'
ORDER BY event_date, subject
