-- title: Touches of each order
-- description: What led the buyer to the purchase, from the lookback before it up to it, both ends included, in the order in which it
--   happened; ties in time are decided by the order of the events. Twice, as channels are named in two ways (dimension):
--   'utm_source', where every touchpoint is a touch, and 'channel_group', where every visit is one, direct ones too.
-- grain: one row per dimension, order and touch
-- key: dimension, order_key, touch_number
-- distribute: client_key
-- param lookback_days: 7
WITH touches AS (
    SELECT
        'utm_source' AS dimension,
        orders.client_key,
        orders.order_key,
        orders.occurred_at_ms AS ordered_at_ms,
        touchpoints.session_number,
        touchpoints.channel,
        touchpoints.occurred_at_ms,
        touchpoints.event_id AS touch_event_id,
        touchpoints.event_id AS touch_order
    FROM orders
    JOIN touchpoints ON
        touchpoints.client_key = orders.client_key
        AND touchpoints.occurred_at_ms >= orders.occurred_at_ms - :lookback_days * 86400000
        AND touchpoints.occurred_at_ms <= orders.occurred_at_ms
    WHERE orders.has_time = 1
    UNION ALL
    SELECT
        'channel_group',
        orders.client_key,
        orders.order_key,
        orders.occurred_at_ms,
        sessions.session_number,
        sessions.channel_group,
        sessions.started_at_ms,
        NULL,
        sessions.session_number
    FROM orders
    JOIN sessions ON
        sessions.client_key = orders.client_key
        AND sessions.started_at_ms >= orders.occurred_at_ms - :lookback_days * 86400000
        AND sessions.started_at_ms <= orders.occurred_at_ms
    WHERE orders.session_number IS NOT NULL
)

SELECT
    dimension,
    client_key,
    order_key,
    ROW_NUMBER() OVER (
        PARTITION BY dimension, order_key
        ORDER BY occurred_at_ms, touch_order
    ) AS touch_number,
    COUNT(*) OVER (PARTITION BY dimension, order_key) AS touch_count,
    channel,
    session_number,
    touch_event_id, -- NULL where a visit is the touch
    occurred_at_ms,
    ordered_at_ms - occurred_at_ms AS age_milliseconds
FROM touches
