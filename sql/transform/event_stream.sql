-- title: Event stream
-- description: Every kept event, narrow, with the number of its session; NULL where it is in none, as its client or its time is not
--   known: it counts as volume and revenue all the same. Read the view events for the text.
-- grain: one row per kept event
-- key: event_id
-- cluster: client_key, occurred_at_ms, event_id
-- distribute: client_key
SELECT
    client_key,
    occurred_at_ms,
    event_id,
    CASE
        WHEN has_client = 1 AND has_time = 1 THEN CAST(SUM(is_session_start) OVER (
            PARTITION BY client_key
            ORDER BY occurred_at_ms, event_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS BIGINT)
    END AS session_number,
    is_session_start,
    has_client,
    has_time,
    event_date,
    hour_of_day,
    event_name,
    event_kind,
    page_key,
    referrer_key,
    user_agent_key,
    payload_key,
    file_id,
    line_number
FROM event_order
