-- title: Order
-- description: What is reported of it. An id that comes again with another payload is another order.
-- order: 2
-- format: revenue money
-- param order: ''
SELECT
    orders.order_key,
    orders.event_date,
    CASE WHEN orders.has_time = 1 THEN orders.occurred_at_ms END AS ordered_at_ms,
    CAST(orders.revenue_cents AS DOUBLE PRECISION) / 100 AS revenue,
    orders.revenue_status,
    orders.device_type,
    orders.is_bot,
    purchase_attribution.first_click_channel AS first_click,
    purchase_attribution.last_click_channel AS last_click,
    purchase_attribution.conversion_type
FROM orders
JOIN purchase_attribution ON purchase_attribution.order_key = orders.order_key
WHERE orders.order_id = :order OR orders.order_key = :order
ORDER BY orders.order_key
