-- title: Events by hour
-- description: Kept events, counted. The one pass over all events that days, health checks and daily metrics share. A near duplicate is what
--   its client sent a moment before, on the same page and with the same payload, in another record: a tag that fires twice.
--   hour_of_day is -1 where the time could not be read.
-- grain: one row per day, hour, event name, device and whether a client is known
-- key: event_date, hour_of_day, event_name, event_kind, device_type, has_client
-- cluster: event_date, hour_of_day, event_name, event_kind, device_type, has_client
-- param near_duplicate_ms: 1000
WITH with_previous AS (
    SELECT
        event_date,
        COALESCE(hour_of_day, -1) AS hour_of_day,
        event_name,
        event_kind,
        has_client,
        has_time,
        is_session_start,
        page_key,
        payload_key,
        user_agent_key,
        occurred_at_ms,
        LAG(occurred_at_ms) OVER in_order AS previous_ms,
        LAG(event_name) OVER in_order AS previous_name,
        LAG(page_key) OVER in_order AS previous_page_key,
        LAG(payload_key) OVER in_order AS previous_payload_key
    FROM event_stream
    WINDOW in_order AS (PARTITION BY client_key ORDER BY session_number, event_number)
)

SELECT
    with_previous.event_date,
    with_previous.hour_of_day,
    with_previous.event_name,
    with_previous.event_kind,
    COALESCE(devices.device_type, 'unknown') AS device_type,
    with_previous.has_client,
    COUNT(*) AS event_count,
    CAST(SUM(with_previous.is_session_start) AS BIGINT) AS session_start_count,
    COUNT(CASE
        WHEN with_previous.has_client = 1
            AND with_previous.has_time = 1
            AND with_previous.event_name = with_previous.previous_name
            AND with_previous.occurred_at_ms - with_previous.previous_ms <= :near_duplicate_ms
            AND COALESCE(with_previous.page_key, 0) = COALESCE(with_previous.previous_page_key, 0)
            AND COALESCE(with_previous.payload_key, 0) = COALESCE(with_previous.previous_payload_key, 0)
            THEN 1
    END) AS near_duplicate_count,
    COUNT(with_previous.payload_key) AS payload_count,
    COUNT(CASE WHEN payloads.payload_status = 'invalid' THEN 1 END) AS payload_error_count
FROM with_previous
LEFT JOIN devices ON devices.user_agent_key = with_previous.user_agent_key
LEFT JOIN payloads ON payloads.payload_key = with_previous.payload_key
GROUP BY
    with_previous.event_date,
    with_previous.hour_of_day,
    with_previous.event_name,
    with_previous.event_kind,
    COALESCE(devices.device_type, 'unknown'),
    with_previous.has_client
