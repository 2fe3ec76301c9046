-- title: What would be lost without a channel
-- description: The removal effects of Markov attribution: the share of purchases that would not have come about without a channel, over the
--   paths of buyers and of everybody else. steps is how often visitors came through it. The effects do not add up to 100%,
--   as a path through two channels is lost with either; share is each one's part of their sum.
-- section: Attribution
-- format: steps integer, purchases integer, conversion_rate percent 2, removal_effect percent 1, share percent 1
-- param least_channel_steps: 1
SELECT
    dimension,
    channel,
    step_count AS steps,
    conversion_count AS purchases,
    conversion_rate,
    removal_effect,
    effect_share AS share
FROM removal_effects
WHERE step_count >= :least_channel_steps
ORDER BY dimension, removal_effect_millionths DESC, channel
