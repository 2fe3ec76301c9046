-- title: Credit
-- description: Which channel each model credits, and with how much of the revenue.
-- order: 6
-- format: credit percent, revenue money
-- param order: ''
SELECT
    attribution_credits.order_key,
    attribution_credits.dimension,
    attribution_credits.model,
    attribution_credits.channel,
    attribution_credits.credit,
    CAST(attribution_credits.revenue_cents AS DOUBLE PRECISION) / 100 AS revenue
FROM attribution_credits
JOIN orders ON orders.order_key = attribution_credits.order_key
WHERE orders.order_id = :order OR orders.order_key = :order
ORDER BY
    attribution_credits.order_key,
    attribution_credits.dimension DESC,
    attribution_credits.model,
    attribution_credits.credit DESC,
    attribution_credits.channel
