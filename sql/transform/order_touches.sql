-- title: Touches of each order
-- description: The buyer's touchpoints from the lookback before the purchase up to it, both ends included, in the order in which they
--   happened; ties in time are decided by the order of the events.
-- grain: one row per order and touch
-- key: order_key, touch_number
-- distribute: client_key
-- param lookback_days: 7
SELECT
    orders.client_key,
    orders.order_key,
    ROW_NUMBER() OVER (
        PARTITION BY orders.order_key
        ORDER BY touchpoints.occurred_at_ms, touchpoints.event_id
    ) AS touch_number,
    COUNT(*) OVER (PARTITION BY orders.order_key) AS touch_count,
    touchpoints.channel,
    touchpoints.occurred_at_ms,
    orders.occurred_at_ms - touchpoints.occurred_at_ms AS age_milliseconds
FROM orders
JOIN touchpoints ON
    touchpoints.client_key = orders.client_key
    AND touchpoints.occurred_at_ms >= orders.occurred_at_ms - :lookback_days * 86400000
    AND touchpoints.occurred_at_ms <= orders.occurred_at_ms
WHERE orders.has_time = 1
