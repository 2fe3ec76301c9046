-- title: Removal effects
-- description: What Markov attribution rests on: the share of purchases that would be lost without a channel. The effects do not add up
--   to 1, as a path through two channels is lost with either; effect_share is each one's part of their sum. Paths with
--   several channels are what tells them apart: below a hundred of those, read it as a sketch.
-- grain: one row per dimension and channel
-- key: dimension, channel
-- export: parquet
WITH entries AS (
    SELECT
        dimension,
        from_channel AS channel,
        CAST(SUM(transition_count) AS BIGINT) AS step_count,
        CAST(SUM(CASE WHEN is_conversion = 1 THEN transition_count ELSE 0 END) AS BIGINT) AS conversion_count
    FROM channel_paths
    WHERE from_channel IS NOT NULL
    GROUP BY dimension, from_channel
)

SELECT
    markov_chain.chain AS dimension,
    markov_chain.state AS channel,
    entries.step_count,
    entries.conversion_count,
    CAST(markov_chain.success_millionths AS DOUBLE PRECISION) / 1000000 AS conversion_rate,
    markov_chain.removal_effect_millionths,
    CAST(markov_chain.removal_effect_millionths AS DOUBLE PRECISION) / 1000000 AS removal_effect,
    CAST(markov_chain.removal_effect_millionths AS DOUBLE PRECISION)
        / NULLIF(CAST(SUM(markov_chain.removal_effect_millionths) OVER (PARTITION BY markov_chain.chain) AS BIGINT), 0) AS effect_share
FROM markov_chain
JOIN entries ON
    entries.dimension = markov_chain.chain
    AND entries.channel = markov_chain.state
