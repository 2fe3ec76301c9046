-- title: First and last click of each order
-- description: The earliest and the latest touch of the buyer in the lookback before the purchase; 'direct' where there is none.
--   assisted: the two differ; single_channel: they are the same; pure_direct: there is no touch.
-- grain: one row per order
-- key: order_key
-- distribute: client_key
-- export: parquet
-- omit: client_key
WITH clicks AS (
    SELECT
        order_key,
        COUNT(*) AS touch_count,
        MAX(CASE WHEN touch_number = 1 THEN channel END) AS first_click_channel,
        MAX(CASE WHEN touch_number = 1 THEN occurred_at_ms END) AS first_click_at_ms,
        MAX(CASE WHEN touch_number = touch_count THEN channel END) AS last_click_channel,
        MAX(CASE WHEN touch_number = touch_count THEN occurred_at_ms END) AS last_click_at_ms
    FROM order_touches
    WHERE dimension = 'utm_source'
    GROUP BY order_key
)

SELECT
    orders.order_key,
    orders.order_id,
    orders.client_key,
    orders.client_id,
    orders.event_date,
    orders.revenue_cents,
    COALESCE(clicks.first_click_channel, 'direct') AS first_click_channel,
    COALESCE(clicks.last_click_channel, 'direct') AS last_click_channel,
    clicks.first_click_at_ms,
    clicks.last_click_at_ms,
    COALESCE(clicks.touch_count, 0) AS touch_count,
    CASE
        WHEN clicks.order_key IS NULL THEN 'pure_direct'
        WHEN clicks.first_click_channel = clicks.last_click_channel THEN 'single_channel'
        ELSE 'assisted'
    END AS conversion_type
FROM orders
LEFT JOIN clicks ON clicks.order_key = orders.order_key
