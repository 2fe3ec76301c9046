-- title: Event stream
-- description: Every kept event, narrow, in the order in which each client made it. Exact duplicates are left out: of
--   records with the same file, timestamp, event, payload, page, referrer and client the first is kept. A session
--   ends after more than the timeout of silence. Events without a client or without a readable time are in no
--   session; they count as volume and revenue. Read the view events for the text.
-- grain: one row per kept event
-- key: event_id
-- cluster: client_key, occurred_at_ms, event_id
-- distribute: client_key
-- param session_timeout_minutes: 30
WITH numbered_copies AS (
    SELECT
        raw_events.*,
        ROW_NUMBER() OVER (
            PARTITION BY
                CASE WHEN has_client = 1 THEN client_key ELSE 0 END,
                occurred_at_ms,
                file_id,
                raw_timestamp,
                event_name,
                page_key,
                referrer_key,
                payload_key
            ORDER BY event_id
        ) AS copy_number
    FROM raw_events
),

kept AS (
    SELECT
        numbered_copies.*,
        CASE WHEN has_client = 1 AND occurred_at_ms IS NOT NULL THEN 1 ELSE 0 END AS is_in_session
    FROM numbered_copies
    WHERE copy_number = 1
),

with_previous AS (
    SELECT
        kept.*,
        LAG(occurred_at_ms) OVER (
            PARTITION BY client_key, is_in_session
            ORDER BY occurred_at_ms, event_id
        ) AS previous_ms
    FROM kept
),

with_starts AS (
    SELECT
        with_previous.*,
        CASE
            WHEN is_in_session = 0 THEN 0
            WHEN previous_ms IS NULL THEN 1
            WHEN occurred_at_ms - previous_ms > :session_timeout_minutes * 60000 THEN 1
            ELSE 0
        END AS is_session_start
    FROM with_previous
),

with_sessions AS (
    SELECT
        with_starts.*,
        CAST(SUM(is_session_start) OVER (
            PARTITION BY client_key, is_in_session
            ORDER BY occurred_at_ms, event_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS BIGINT) AS sessions_so_far
    FROM with_starts
)

SELECT
    with_sessions.client_key,
    COALESCE(with_sessions.occurred_at_ms, 0) AS occurred_at_ms, -- 0 where has_time = 0: the storage order needs a value
    with_sessions.event_id,
    CASE WHEN with_sessions.is_in_session = 1 THEN with_sessions.sessions_so_far END AS session_number,
    with_sessions.is_session_start,
    with_sessions.has_client,
    CASE WHEN with_sessions.occurred_at_ms IS NULL THEN 0 ELSE 1 END AS has_time,
    COALESCE(with_sessions.event_date, input_files.file_date, 'undated') AS event_date,
    with_sessions.hour_of_day,
    COALESCE(event_taxonomy.event_name, with_sessions.event_name, 'unnamed') AS event_name,
    COALESCE(event_taxonomy.event_kind, 'unknown') AS event_kind,
    with_sessions.page_key,
    with_sessions.referrer_key,
    with_sessions.user_agent_key,
    with_sessions.payload_key,
    with_sessions.file_id,
    with_sessions.line_number
FROM with_sessions
JOIN input_files ON input_files.file_id = with_sessions.file_id
LEFT JOIN event_taxonomy ON event_taxonomy.raw_event_name = with_sessions.event_name
