-- title: Events in order
-- description: Every kept event, narrow, stored in the order in which each client made it, so that what follows reads it and never
--   sorts. Where the time is not known it is 0, and has_time too: the storage order needs a value.
-- grain: one row per kept event
-- key: client_key, occurred_at_ms, event_id
-- cluster: client_key, occurred_at_ms, event_id
-- distribute: client_key
-- incremental: client_key
-- effort: 2
SELECT
    raw_events.client_key,
    COALESCE(raw_events.occurred_at_ms, 0) AS occurred_at_ms,
    raw_events.event_id,
    raw_events.has_client,
    CASE WHEN raw_events.occurred_at_ms IS NULL THEN 0 ELSE 1 END AS has_time,
    COALESCE(raw_events.event_date, input_files.file_date, 'undated') AS event_date,
    raw_events.hour_of_day,
    COALESCE(event_taxonomy.event_name, raw_events.event_name, 'unnamed') AS event_name,
    COALESCE(event_taxonomy.event_kind, 'unknown') AS event_kind,
    raw_events.page_key,
    raw_events.place_key,
    raw_events.referrer_key,
    raw_events.user_agent_key,
    raw_events.payload_key,
    raw_events.file_id,
    raw_events.line_number
FROM raw_events
LEFT JOIN duplicates ON duplicates.event_id = raw_events.event_id
LEFT JOIN input_files ON input_files.file_id = raw_events.file_id
LEFT JOIN event_taxonomy ON event_taxonomy.raw_event_name = raw_events.event_name
WHERE duplicates.event_id IS NULL
-- Sorted at once and appended: to find its place for one event after the other takes longer.
ORDER BY raw_events.client_key, COALESCE(raw_events.occurred_at_ms, 0), raw_events.event_id
