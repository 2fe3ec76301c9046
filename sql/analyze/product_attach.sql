-- title: What is bought together
-- description: Of the orders with a product, the share that holds another product as well, and the product most often bought with it. Products
--   are told apart by name, so sizes of one product are one line; those in fewer orders than the least are left out.
-- section: Products
-- format: orders integer, orders_with_another integer, attach_rate percent 1, together_orders integer, together_rate percent 1
-- param least_product_orders: 5
WITH lines AS (
    SELECT DISTINCT order_key, COALESCE(product_name, product_id, '(no name)') AS product
    FROM order_items
    WHERE item_number > 0
),

sizes AS (
    SELECT order_key, COUNT(*) AS product_count FROM lines GROUP BY order_key
),

totals AS (
    SELECT
        lines.product,
        COUNT(*) AS orders,
        COUNT(CASE WHEN sizes.product_count > 1 THEN 1 END) AS orders_with_another
    FROM lines
    JOIN sizes ON sizes.order_key = lines.order_key
    GROUP BY lines.product
),

pairs AS (
    SELECT lines.product, others.product AS bought_with, COUNT(*) AS together_orders
    FROM lines
    JOIN lines AS others ON others.order_key = lines.order_key AND others.product <> lines.product
    GROUP BY lines.product, others.product
),

ranked AS (
    SELECT pairs.*, ROW_NUMBER() OVER (PARTITION BY product ORDER BY together_orders DESC, bought_with) AS pair_rank
    FROM pairs
)

SELECT
    totals.product,
    totals.orders,
    totals.orders_with_another,
    CAST(totals.orders_with_another AS DOUBLE PRECISION) / totals.orders AS attach_rate,
    ranked.bought_with,
    ranked.together_orders,
    CAST(ranked.together_orders AS DOUBLE PRECISION) / totals.orders AS together_rate
FROM totals
LEFT JOIN ranked ON ranked.product = totals.product AND ranked.pair_rank = 1
WHERE totals.orders >= :least_product_orders
ORDER BY totals.orders DESC, totals.product
