-- title: The channel with the most revenue
-- description: The largest channel by last click, direct left out, with what first click gives it.
-- section: Channels
-- kind: insight
-- format: revenue money, first_click_revenue money, share percent 1, purchases integer
WITH totals AS (
    SELECT CAST(CAST(SUM(revenue_cents) AS BIGINT) AS DOUBLE PRECISION) / 100 AS revenue FROM orders
),

ranked AS (
    SELECT
        last_clicks.channel,
        last_clicks.purchases,
        last_clicks.revenue,
        ROW_NUMBER() OVER (ORDER BY last_clicks.revenue DESC, last_clicks.channel) AS channel_rank
    FROM channel_revenue_last_click AS last_clicks
    WHERE last_clicks.channel <> 'direct'
)

SELECT
    'good' AS tone,
    '{channel} earns the most of all marketing channels: {revenue} from {purchases} orders by last click ({share} of all revenue), {first_click_revenue} by first click.' AS sentence,
    ranked.channel,
    ranked.purchases,
    ranked.revenue,
    ranked.revenue / NULLIF(totals.revenue, 0) AS share,
    COALESCE(first_clicks.revenue, 0) AS first_click_revenue
FROM ranked
CROSS JOIN totals
LEFT JOIN channel_revenue_first_click AS first_clicks ON first_clicks.channel = ranked.channel
WHERE ranked.channel_rank = 1 AND ranked.revenue > 0
