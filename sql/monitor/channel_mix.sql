-- title: Visits by channel
-- description: The share of each of the larger channels in the visits: an advertisement that stopped, a link that lost its parameters. A
--   share, as all channels have more visits on a good day.
-- severity: warn
-- tier: drift
-- message: {observed} of {population} visits on {event_date} came by {subject}, where {expected} was expected ({low} to {high}).
-- format: observed percent 1, expected percent 1, low percent 1, high percent 1, found_low percent 1, found_high percent 1, explained_share percent 0, money_at_stake money 0
SELECT *
FROM metric_alarms
WHERE metric = 'channel_share'
    AND segment_kind = 'channel'
ORDER BY event_date, subject
