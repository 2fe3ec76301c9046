-- title: Events by hour
-- description: Kept events, counted. The one pass over all events that days, health checks and daily metrics share. A near duplicate is what
--   its client sent a moment before, on the same page and with the same payload, in another record: a tag that fires twice.
--   hour_of_day is -1 where the time could not be read.
-- grain: one row per day, hour, event name, device and whether a client is known
-- key: event_date, hour_of_day, event_name, event_kind, device_type, has_client
-- cluster: event_date, hour_of_day, event_name, event_kind, device_type, has_client
-- incremental: event_date
SELECT
    event_order.event_date,
    COALESCE(event_order.hour_of_day, -1) AS hour_of_day,
    event_order.event_name,
    event_order.event_kind,
    COALESCE(devices.device_type, 'unknown') AS device_type,
    event_order.has_client,
    COUNT(*) AS event_count,
    COUNT(CASE WHEN near_duplicates.has_same_payload = 1 THEN 1 END) AS near_duplicate_count,
    COUNT(event_order.payload_key) AS payload_count,
    COUNT(CASE WHEN payloads.payload_status = 'invalid' THEN 1 END) AS payload_error_count
FROM event_order
LEFT JOIN devices ON devices.user_agent_key = event_order.user_agent_key
LEFT JOIN payloads ON payloads.payload_key = event_order.payload_key
LEFT JOIN near_duplicates ON near_duplicates.event_id = event_order.event_id
GROUP BY
    event_order.event_date,
    COALESCE(event_order.hour_of_day, -1),
    event_order.event_name,
    event_order.event_kind,
    COALESCE(devices.device_type, 'unknown'),
    event_order.has_client
