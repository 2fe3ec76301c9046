-- title: Direct share
-- description: The share of visits of which nothing says where they came from. A leap means that campaign links lost their
--   parameters, or that a campaign has ended.
-- severity: warn
-- tier: drift
-- message: {observed} of {population} visits on {event_date} are direct, where {expected} was expected ({low} to {high}).
-- format: observed percent 1, expected percent 1, low percent 1, high percent 1, found_low percent 1, found_high percent 1, explained_share percent 0, money_at_stake money 0
SELECT *
FROM metric_alarms
WHERE metric = 'direct_share'
    AND segment_kind = 'all'
ORDER BY event_date, subject
