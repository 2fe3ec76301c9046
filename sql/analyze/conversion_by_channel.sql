-- title: Conversion rate of the larger channels
-- description: The channels with enough sessions for a rate to mean something, the largest first, with the 95% interval of each rate
--   (Wilson's score interval) and the rank of its rate among them. The smaller ones have no rank, as their rates say little; they
--   stand in conversion_rate_by_channel.
-- section: Channels
-- chart: bar x=channel y=conversion_rate low=low_rate high=high_rate
-- format: conversion_rate percent 2, low_rate percent 2, high_rate percent 2, sessions integer, purchases integer, rank_by_rate integer
-- order: 4
-- param least_channel_sessions: 100
-- param most_channels: 12
WITH counts AS (
    SELECT
        conversion_rate_by_channel.*,
        CAST(sessions AS DOUBLE PRECISION) AS n,
        ROW_NUMBER() OVER (ORDER BY sessions DESC, channel) AS channel_number
    FROM conversion_rate_by_channel
    WHERE sessions >= :least_channel_sessions
)

SELECT
    channel,
    sessions,
    purchases,
    conversion_rate,
    (conversion_rate + 1.9208 / n - 1.96 * SQRT((conversion_rate * (1 - conversion_rate) + 0.9604 / n) / n)) / (1 + 3.8416 / n) AS low_rate,
    (conversion_rate + 1.9208 / n + 1.96 * SQRT((conversion_rate * (1 - conversion_rate) + 0.9604 / n) / n)) / (1 + 3.8416 / n) AS high_rate,
    RANK() OVER (ORDER BY conversion_rate DESC) AS rank_by_rate
FROM counts
WHERE channel_number <= :most_channels
ORDER BY sessions DESC, channel
