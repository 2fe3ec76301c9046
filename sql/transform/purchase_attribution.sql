-- title: First and last click of each order
-- description: The earliest and the latest touchpoint of the buyer from the lookback before the purchase up to it, both ends
--   included; 'direct' where there is none. Ties in time are decided by the order of the events. assisted: the
--   two differ; single_channel: they are the same; pure_direct: there is no touchpoint.
-- grain: one row per order
-- key: order_key
-- distribute: client_key
-- export: parquet
-- param lookback_days: 7
WITH touches AS (
    SELECT
        orders.order_key,
        touchpoints.channel,
        touchpoints.occurred_at_ms,
        ROW_NUMBER() OVER (
            PARTITION BY orders.order_key
            ORDER BY touchpoints.occurred_at_ms, touchpoints.event_id
        ) AS touch_number,
        ROW_NUMBER() OVER (
            PARTITION BY orders.order_key
            ORDER BY touchpoints.occurred_at_ms DESC, touchpoints.event_id DESC
        ) AS touch_from_last
    FROM orders
    JOIN touchpoints ON
        touchpoints.client_key = orders.client_key
        AND touchpoints.occurred_at_ms >= orders.occurred_at_ms - :lookback_days * 86400000
        AND touchpoints.occurred_at_ms <= orders.occurred_at_ms
    WHERE orders.has_time = 1
),

clicks AS (
    SELECT
        order_key,
        COUNT(*) AS touch_count,
        MAX(CASE WHEN touch_number = 1 THEN channel END) AS first_click_channel,
        MAX(CASE WHEN touch_number = 1 THEN occurred_at_ms END) AS first_click_at_ms,
        MAX(CASE WHEN touch_from_last = 1 THEN channel END) AS last_click_channel,
        MAX(CASE WHEN touch_from_last = 1 THEN occurred_at_ms END) AS last_click_at_ms
    FROM touches
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
