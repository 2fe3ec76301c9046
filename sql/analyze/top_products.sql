-- title: Products
-- description: Units, orders and revenue by product id and name. Lines add up to the orders' revenue to the cent; what can't be
--   given to a product, as its prices are missing, stands in a line of its own.
-- section: Products
-- format: revenue money, units integer, orders integer
WITH by_product AS (
    SELECT
        product_id,
        MAX(product_name) AS product_name,
        CAST(SUM(quantity) AS BIGINT) AS units,
        COUNT(DISTINCT order_key) AS orders,
        CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents
    FROM order_items
    WHERE item_number > 0
    GROUP BY product_id
    UNION ALL
    SELECT
        '(not allocated)' AS product_id,
        'Revenue of orders whose items have no price' AS product_name,
        0 AS units,
        COUNT(DISTINCT order_key) AS orders,
        CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents
    FROM order_items
    WHERE item_number = 0
    HAVING COUNT(*) > 0
)

SELECT
    COALESCE(product_id, '(no product id)') AS product_id,
    product_name,
    units,
    orders,
    CAST(revenue_cents AS DOUBLE PRECISION) / 100 AS revenue
FROM by_product
ORDER BY revenue_cents DESC, units DESC, COALESCE(product_id, '(no product id)')
