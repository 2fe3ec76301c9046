-- title: Return on ad spend
-- description: What each channel of spend.csv cost, and under each model its orders, its revenue, the cost per order and the revenue per unit
--   of spend. Without a spend.csv beside the events it is empty. day_count is on how many days of the export there was spend.
-- section: Attribution
-- format: day_count integer, spend money, orders decimal 1, revenue money, cost_per_order money, return_on_spend decimal 2
SELECT
    channel,
    model,
    day_count,
    CAST(spend_cents AS DOUBLE PRECISION) / 100 AS spend,
    CAST(credit_millionths AS DOUBLE PRECISION) / 1000000 AS orders,
    CAST(revenue_cents AS DOUBLE PRECISION) / 100 AS revenue,
    cost_per_order,
    return_on_spend
FROM return_on_spend
ORDER BY channel, model
