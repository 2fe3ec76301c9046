-- title: Events
-- description: Every kept event with its text: the table for your own questions. A NULL referrer means that the file had no
--   such column (referrer_known = 0); an empty one means that the browser sent none. occurred_at_ms is NULL
--   where the timestamp could not be read; event_date is then the file's day.
-- grain: one row per kept event
-- key: event_id
-- cluster: client_key, event_number
-- omit: client_key, event_number
-- materialize: view
-- export: parquet cleaned_events unsorted
-- partition: event_date 500000
SELECT
    event_stream.client_key,
    event_stream.event_number,
    event_stream.event_id,
    input_files.file_name,
    event_stream.line_number,
    clients.client_id,
    NULLIF(event_stream.session_number, 0) AS session_number,
    CASE WHEN event_stream.has_time = 1 THEN event_stream.occurred_at_ms END AS occurred_at_ms,
    event_stream.event_date,
    event_stream.hour_of_day,
    event_stream.event_name,
    event_stream.event_kind,
    pages.page_url,
    page_details.host,
    page_details.path,
    page_details.page_type,
    page_details.utm_source,
    page_details.utm_medium,
    page_details.utm_campaign,
    pages.utm_content,
    pages.utm_term,
    page_details.click_id,
    page_details.click_id_kind,
    referrers.referrer,
    referrer_sources.referrer_host,
    referrer_sources.referrer_kind,
    CASE WHEN event_stream.referrer_key IS NULL THEN 0 ELSE 1 END AS referrer_known,
    user_agents.user_agent,
    COALESCE(devices.device_type, 'unknown') AS device_type,
    COALESCE(devices.operating_system, 'unknown') AS operating_system,
    COALESCE(devices.browser, 'unknown') AS browser,
    COALESCE(devices.is_bot, 0) AS is_bot,
    devices.bot_category,
    devices.bot_rule,
    payloads.payload_status
FROM event_stream
LEFT JOIN input_files ON input_files.file_id = event_stream.file_id
LEFT JOIN clients ON clients.client_key = event_stream.client_key
LEFT JOIN pages ON pages.page_key = event_stream.page_key
LEFT JOIN page_details ON page_details.place_key = event_stream.place_key
LEFT JOIN referrers ON referrers.referrer_key = event_stream.referrer_key
LEFT JOIN referrer_sources ON referrer_sources.referrer_key = event_stream.referrer_key
LEFT JOIN user_agents ON user_agents.user_agent_key = event_stream.user_agent_key
LEFT JOIN devices ON devices.user_agent_key = event_stream.user_agent_key
LEFT JOIN payloads ON payloads.payload_key = event_stream.payload_key
