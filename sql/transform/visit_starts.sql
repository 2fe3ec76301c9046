-- title: Starts of visits
-- description: The events that a session starts with: a client's first, and each after more than the timeout of silence. Events without a
--   client or without a readable time are in no session.
-- grain: one row per session
-- key: client_key, occurred_at_ms, event_id
-- cluster: client_key, occurred_at_ms, event_id
-- distribute: client_key
-- incremental: client_key
-- param session_timeout_minutes: 30
WITH with_previous AS (
    SELECT
        client_key,
        occurred_at_ms,
        event_id,
        event_date,
        hour_of_day,
        LAG(occurred_at_ms) OVER (PARTITION BY client_key ORDER BY occurred_at_ms, event_id) AS previous_ms
    FROM event_order
    WHERE has_client = 1 AND has_time = 1
)

SELECT client_key, occurred_at_ms, event_id, event_date, hour_of_day
FROM with_previous
WHERE previous_ms IS NULL OR occurred_at_ms - previous_ms > :session_timeout_minutes * 60000
