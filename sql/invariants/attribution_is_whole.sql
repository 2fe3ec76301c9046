-- title: Every order is attributed once under every model
-- description: Under each model the credits of an order sum to 1 and its revenue shares to the order's revenue, to the cent; no credit
--   is below 0 or above 1. Both for channels by utm_source and by channel group.
-- severity: critical
-- message: {observed} of {population} orders have credits that do not sum to 1, or revenue that does not add up, under {subject}.
WITH models AS (
    -- Two that there are wherever there are orders, so that a table without credit does not pass.
    SELECT dimension, model FROM attribution_credits
    UNION
    SELECT 'utm_source', 'linear'
    UNION
    SELECT 'channel_group', 'linear'
),

sums AS (
    SELECT
        dimension,
        order_key,
        model,
        CAST(SUM(credit_millionths) AS BIGINT) AS credit_millionths,
        MIN(credit_millionths) AS least_millionths,
        CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents
    FROM attribution_credits
    GROUP BY dimension, order_key, model
),

orders_by_model AS (
    SELECT
        models.dimension,
        models.model,
        CASE
            WHEN sums.revenue_cents = orders.revenue_cents AND sums.credit_millionths = 1000000 AND sums.least_millionths >= 0 THEN 1
            ELSE 0
        END AS is_whole
    FROM models
    CROSS JOIN orders
    LEFT JOIN sums ON
        sums.dimension = models.dimension
        AND sums.order_key = orders.order_key
        AND sums.model = models.model
)

SELECT
    dimension || ', ' || model AS subject,
    COUNT(*) AS population,
    COUNT(CASE WHEN is_whole = 0 THEN 1 END) AS observed,
    0 AS expected,
    CASE WHEN COUNT(CASE WHEN is_whole = 0 THEN 1 END) = 0 THEN 1 ELSE 0 END AS passed
FROM orders_by_model
GROUP BY dimension, model
ORDER BY dimension, model

-- samples
SELECT
    attribution_credits.dimension,
    attribution_credits.model,
    orders.order_key,
    CAST(SUM(attribution_credits.credit_millionths) AS BIGINT) AS credit_millionths,
    CAST(SUM(attribution_credits.revenue_cents) AS BIGINT) AS attributed_cents,
    MAX(orders.revenue_cents) AS order_cents
FROM orders
LEFT JOIN attribution_credits ON attribution_credits.order_key = orders.order_key
GROUP BY attribution_credits.dimension, attribution_credits.model, orders.order_key
HAVING
    COALESCE(SUM(attribution_credits.credit_millionths), 0) <> 1000000
    OR COALESCE(SUM(attribution_credits.revenue_cents), 0) <> MAX(orders.revenue_cents)
ORDER BY attribution_credits.dimension NULLS FIRST, attribution_credits.model NULLS FIRST, orders.order_key
LIMIT 3
