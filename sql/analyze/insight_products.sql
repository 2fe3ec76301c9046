-- title: What sells, and what sells together
-- description: The product with the most revenue, by name, where it makes a large share of it; and the pair of products of which one is in the
--   other's orders more often than in orders at large, beyond chance (the lower end of the 95% Wilson interval lies above it).
-- section: What to do next
-- kind: insight
-- format: revenue money 0, share percent 0, together_orders integer, orders integer, together_rate percent 0, base_rate percent 0
-- param least_product_share: 0.25
-- param least_together_orders: 5
WITH by_name AS (
    SELECT
        COALESCE(product_name, product_id) AS product,
        CAST(SUM(CAST(FLOOR(revenue * 100 + 0.5) AS BIGINT)) AS BIGINT) AS revenue_cents
    FROM top_products
    WHERE units > 0
    GROUP BY COALESCE(product_name, product_id)
),

order_totals AS (
    SELECT COUNT(*) AS orders, CAST(COALESCE(SUM(revenue_cents), 0) AS BIGINT) AS revenue_cents FROM orders
),

largest AS (
    SELECT
        by_name.product,
        by_name.revenue_cents,
        CAST(by_name.revenue_cents AS DOUBLE PRECISION) / NULLIF(order_totals.revenue_cents, 0) AS share,
        ROW_NUMBER() OVER (ORDER BY by_name.revenue_cents DESC, by_name.product) AS product_number
    FROM by_name
    CROSS JOIN order_totals
),

pairs AS (
    SELECT
        product_attach.product,
        product_attach.bought_with,
        product_attach.together_orders,
        product_attach.orders,
        product_attach.together_rate,
        CAST(product_attach.orders AS DOUBLE PRECISION) AS n,
        CAST(companions.orders AS DOUBLE PRECISION) / order_totals.orders AS base_rate
    FROM product_attach
    CROSS JOIN order_totals
    JOIN product_attach AS companions ON companions.product = product_attach.bought_with
    WHERE product_attach.together_orders >= :least_together_orders
),

certain AS (
    SELECT pairs.*, ROW_NUMBER() OVER (ORDER BY together_orders DESC, orders DESC, product) AS pair_number
    FROM pairs
    WHERE (together_rate + 1.9208 / n - 1.96 * SQRT((together_rate * (1 - together_rate) + 0.9604 / n) / n)) / (1 + 3.8416 / n) > base_rate
)

SELECT
    'note' AS tone,
    'Offer {bought_with} to those who buy {product}: {together_orders} of its {orders} orders hold both ({together_rate}), while {base_rate} of all orders hold {bought_with}.' AS sentence,
    product,
    bought_with,
    CAST(NULL AS DOUBLE PRECISION) AS revenue,
    CAST(NULL AS DOUBLE PRECISION) AS share,
    together_orders,
    orders,
    together_rate,
    base_rate
FROM certain
WHERE pair_number = 1
UNION ALL
SELECT
    'good',
    '{product} makes {share} of all revenue ({revenue}).',
    product,
    NULL,
    CAST(revenue_cents AS DOUBLE PRECISION) / 100,
    share,
    NULL,
    NULL,
    NULL,
    NULL
FROM largest
WHERE product_number = 1 AND share >= :least_product_share
ORDER BY tone DESC
