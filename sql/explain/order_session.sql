-- title: Session of the purchase
-- description: The visit in which it was bought, and where that came from.
-- order: 4
-- param order: ''
SELECT
    orders.order_key,
    sessions.session_number AS session,
    sessions.started_at_ms,
    sessions.ended_at_ms,
    sessions.event_count AS events,
    sessions.landing_path,
    sessions.channel,
    sessions.channel_group,
    sessions.channel_evidence AS evidence,
    sessions.channel_rule AS rule,
    sessions.device_type,
    sessions.operating_system,
    sessions.browser
FROM orders
JOIN sessions ON
    sessions.client_key = orders.client_key
    AND sessions.session_number = orders.session_number
WHERE orders.order_id = :order OR orders.order_key = :order
ORDER BY orders.order_key
