-- title: Campaign tags
-- description: Clicks with a utm_source that say medium and campaign too.
-- severity: warn
-- tier: integrity
-- message: {observed} of {population} campaign clicks on {event_date} have medium and campaign, where {expected} was expected ({low} to {high}).
-- format: observed percent 1, expected percent 1, low percent 1, high percent 1, found_low percent 1, found_high percent 1, explained_share percent 0, money_at_stake money 0
SELECT *
FROM metric_alarms
WHERE metric = 'campaign_tags'
    AND segment_kind = 'all'
ORDER BY event_date, subject
