-- title: Touches
-- description: What led to it within the lookback: by utm_source each event that carries one, by channel group each visit, with the
--   evidence used and the rule.
-- order: 5
-- param order: ''
SELECT
    order_touches.order_key,
    order_touches.dimension,
    order_touches.touch_number AS touch,
    order_touches.session_number AS session,
    order_touches.occurred_at_ms,
    order_touches.channel,
    CASE
        WHEN order_touches.dimension = 'channel_group' THEN sessions.channel_evidence
        ELSE 'utm_source in ' || places.path
    END AS evidence,
    CASE
        WHEN order_touches.dimension = 'channel_group' THEN sessions.channel_rule
        ELSE 'the utm_source itself; as a group: ' || touchpoints.channel_group
    END AS rule
FROM order_touches
JOIN orders ON orders.order_key = order_touches.order_key
LEFT JOIN sessions ON
    sessions.client_key = order_touches.client_key
    AND sessions.session_number = order_touches.session_number
LEFT JOIN touchpoints ON
    touchpoints.client_key = order_touches.client_key
    AND touchpoints.occurred_at_ms = order_touches.occurred_at_ms
    AND touchpoints.event_id = order_touches.touch_event_id
LEFT JOIN raw_events ON raw_events.event_id = order_touches.touch_event_id
LEFT JOIN places ON places.place_key = raw_events.place_key
WHERE orders.order_id = :order OR orders.order_key = :order
ORDER BY order_touches.order_key, order_touches.dimension DESC, order_touches.touch_number
