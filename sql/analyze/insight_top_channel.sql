-- title: The channel with the most revenue
-- description: The largest channel by last click, direct left out, with its share, what chance could make of it, and what the models give it.
-- section: Channels
-- kind: insight
-- format: revenue money 0, low_revenue money 0, high_revenue money 0, lowest_model money 0, highest_model money 0, share percent 1,
--   orders integer
WITH ranked AS (
    SELECT attribution_uncertainty.*, ROW_NUMBER() OVER (ORDER BY revenue DESC, channel) AS channel_rank
    FROM attribution_uncertainty
    WHERE channel <> 'direct'
)

SELECT
    'good' AS tone,
    CASE
        WHEN highest_model > lowest_model THEN 'Of the tagged channels, {channel} earns the most: {revenue} by last click ({share} of all revenue), between {low_revenue} and {high_revenue} allowing for chance, and {lowest_model} to {highest_model} by the other models.'
        ELSE 'Of the tagged channels, {channel} earns the most: {revenue} by last click ({share} of all revenue), between {low_revenue} and {high_revenue} allowing for chance; all models agree.'
    END AS sentence,
    channel,
    revenue,
    orders,
    share,
    low_revenue,
    high_revenue,
    lowest_model,
    highest_model
FROM ranked
WHERE channel_rank = 1 AND low_revenue > 0
