-- title: Items
-- description: The order's lines and the revenue that falls to each; line 0 is what falls to none.
-- order: 3
-- format: price money, revenue money
-- param order: ''
SELECT
    order_items.order_key,
    order_items.item_number AS line,
    order_items.product_id,
    order_items.product_name,
    order_items.quantity,
    CAST(order_items.price_cents AS DOUBLE PRECISION) / 100 AS price,
    CAST(order_items.revenue_cents AS DOUBLE PRECISION) / 100 AS revenue,
    order_items.method
FROM order_items
JOIN orders ON orders.order_key = order_items.order_key
WHERE orders.order_id = :order OR orders.order_key = :order
ORDER BY order_items.order_key, order_items.item_number
