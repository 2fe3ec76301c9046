-- title: Every order is attributed once under every model
-- description: Under each model the credits of an order sum to 1 and its revenue shares to the order's revenue, to the cent.
-- severity: critical
-- message: {observed} of {population} orders have credits that do not sum to 1, or revenue that does not add up, under {subject}.
WITH models AS (
    SELECT DISTINCT model FROM attribution
),

sums AS (
    SELECT order_key, model, SUM(credit) AS credit, CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents
    FROM attribution
    GROUP BY order_key, model
),

orders_by_model AS (
    SELECT
        models.model,
        CASE WHEN sums.revenue_cents = orders.revenue_cents AND ABS(sums.credit - 1) < 0.000000001 THEN 1 ELSE 0 END AS is_whole
    FROM models
    CROSS JOIN orders
    LEFT JOIN sums ON sums.order_key = orders.order_key AND sums.model = models.model
)

SELECT
    model AS subject,
    COUNT(*) AS population,
    COUNT(CASE WHEN is_whole = 0 THEN 1 END) AS observed,
    0 AS expected,
    CASE WHEN COUNT(CASE WHEN is_whole = 0 THEN 1 END) = 0 THEN 1 ELSE 0 END AS passed
FROM orders_by_model
GROUP BY model
ORDER BY model
