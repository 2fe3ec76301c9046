-- title: Events by hour
-- description: Kept events, counted. The one pass over all events that days, health checks and daily metrics share. A near duplicate is what
--   its client sent a moment before, on the same page and with the same payload, in another record: a tag that fires twice.
--   hour_of_day is -1 where the time could not be read.
-- grain: one row per day, hour, event name, device and whether a client is known
-- key: event_date, hour_of_day, event_name, event_kind, device_type, has_client
-- cluster: event_date, hour_of_day, event_name, event_kind, device_type, has_client
-- incremental: event_date
WITH record_counts AS (
    -- In the order of the files, which is almost that of time and quick to sort; named afterwards, once per name.
    SELECT
        raw_events.file_id,
        raw_events.event_date,
        raw_events.hour_of_day,
        raw_events.event_name,
        devices.device_type,
        raw_events.has_client,
        COUNT(*) AS event_count,
        COUNT(CASE WHEN near_duplicates.has_same_payload = 1 THEN 1 END) AS near_duplicate_count,
        COUNT(raw_events.payload_key) AS payload_count,
        COUNT(CASE WHEN payloads.payload_status = 'invalid' THEN 1 END) AS payload_error_count
    FROM raw_events
    LEFT JOIN duplicates ON duplicates.event_id = raw_events.event_id
    LEFT JOIN devices ON devices.user_agent_key = raw_events.user_agent_key
    LEFT JOIN payloads ON payloads.payload_key = raw_events.payload_key
    LEFT JOIN near_duplicates ON near_duplicates.event_id = raw_events.event_id
    WHERE duplicates.event_id IS NULL
    GROUP BY
        raw_events.file_id,
        raw_events.event_date,
        raw_events.hour_of_day,
        raw_events.event_name,
        devices.device_type,
        raw_events.has_client
)

SELECT
    COALESCE(record_counts.event_date, input_files.file_date, 'undated') AS event_date,
    COALESCE(record_counts.hour_of_day, -1) AS hour_of_day,
    COALESCE(event_taxonomy.event_name, record_counts.event_name, 'unnamed') AS event_name,
    COALESCE(event_taxonomy.event_kind, 'unknown') AS event_kind,
    COALESCE(record_counts.device_type, 'unknown') AS device_type,
    record_counts.has_client,
    CAST(SUM(record_counts.event_count) AS BIGINT) AS event_count,
    CAST(SUM(record_counts.near_duplicate_count) AS BIGINT) AS near_duplicate_count,
    CAST(SUM(record_counts.payload_count) AS BIGINT) AS payload_count,
    CAST(SUM(record_counts.payload_error_count) AS BIGINT) AS payload_error_count
FROM record_counts
LEFT JOIN input_files ON input_files.file_id = record_counts.file_id
LEFT JOIN event_taxonomy ON event_taxonomy.raw_event_name = record_counts.event_name
GROUP BY
    COALESCE(record_counts.event_date, input_files.file_date, 'undated'),
    COALESCE(record_counts.hour_of_day, -1),
    COALESCE(event_taxonomy.event_name, record_counts.event_name, 'unnamed'),
    COALESCE(event_taxonomy.event_kind, 'unknown'),
    COALESCE(record_counts.device_type, 'unknown'),
    record_counts.has_client
