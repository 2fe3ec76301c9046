-- title: Events in order
-- description: Every kept event, narrow, in the order in which each client made it, and whether a session starts or ends with
--   it: at a client's first and last event, and around more than the timeout of silence. Events without a client or
--   without a readable time are in no session. Stored in this order so that what follows reads it and never sorts.
-- grain: one row per kept event
-- key: event_id
-- cluster: client_key, occurred_at_ms, event_id
-- distribute: client_key
-- param session_timeout_minutes: 30
WITH with_previous AS (
    SELECT
        raw_events.event_id,
        raw_events.file_id,
        raw_events.line_number,
        raw_events.client_key,
        raw_events.has_client,
        raw_events.occurred_at_ms,
        raw_events.event_date,
        raw_events.hour_of_day,
        raw_events.event_name,
        raw_events.page_key,
        raw_events.referrer_key,
        raw_events.user_agent_key,
        raw_events.payload_key,
        LAG(raw_events.occurred_at_ms) OVER (
            PARTITION BY raw_events.client_key
            ORDER BY raw_events.occurred_at_ms NULLS FIRST, raw_events.event_id
        ) AS previous_ms,
        LEAD(raw_events.occurred_at_ms) OVER (
            PARTITION BY raw_events.client_key
            ORDER BY raw_events.occurred_at_ms NULLS FIRST, raw_events.event_id
        ) AS next_ms
    FROM raw_events
    LEFT JOIN duplicates ON duplicates.event_id = raw_events.event_id
    WHERE duplicates.event_id IS NULL
)

SELECT
    with_previous.client_key,
    COALESCE(with_previous.occurred_at_ms, 0) AS occurred_at_ms, -- 0 where has_time = 0: the storage order needs a value
    with_previous.event_id,
    CASE
        WHEN with_previous.has_client = 0 OR with_previous.occurred_at_ms IS NULL THEN 0
        WHEN with_previous.previous_ms IS NULL THEN 1
        WHEN with_previous.occurred_at_ms - with_previous.previous_ms > :session_timeout_minutes * 60000 THEN 1
        ELSE 0
    END AS is_session_start,
    CASE
        WHEN with_previous.has_client = 0 OR with_previous.occurred_at_ms IS NULL THEN 0
        WHEN with_previous.next_ms IS NULL THEN 1
        WHEN with_previous.next_ms - with_previous.occurred_at_ms > :session_timeout_minutes * 60000 THEN 1
        ELSE 0
    END AS is_session_end,
    with_previous.has_client,
    CASE WHEN with_previous.occurred_at_ms IS NULL THEN 0 ELSE 1 END AS has_time,
    COALESCE(with_previous.event_date, input_files.file_date, 'undated') AS event_date,
    with_previous.hour_of_day,
    COALESCE(event_taxonomy.event_name, with_previous.event_name, 'unnamed') AS event_name,
    COALESCE(event_taxonomy.event_kind, 'unknown') AS event_kind,
    with_previous.page_key,
    with_previous.referrer_key,
    with_previous.user_agent_key,
    with_previous.payload_key,
    with_previous.file_id,
    with_previous.line_number
FROM with_previous
LEFT JOIN input_files ON input_files.file_id = with_previous.file_id -- LEFT: keeps the order of the rows
LEFT JOIN event_taxonomy ON event_taxonomy.raw_event_name = with_previous.event_name
