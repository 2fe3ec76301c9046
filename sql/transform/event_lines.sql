-- title: Events by line
-- description: Each record with where it stands and what it is about, for the rows that checks give to look at. A path that seems to hold
--   personal data is not repeated. All joins are LEFT, so that who wants few columns pays for few.
-- grain: one row per record
-- key: event_id
-- materialize: view
SELECT
    raw_events.event_id,
    raw_events.event_date,
    CASE WHEN raw_events.hour_of_day < 10 THEN '0' ELSE '' END || CAST(raw_events.hour_of_day AS TEXT) || ':00' AS clock_hour,
    input_files.file_name,
    raw_events.line_number,
    COALESCE(raw_events.event_name, 'unnamed') AS event_name,
    COALESCE(page_groups.host_group, 'no page') AS host_group,
    COALESCE(page_groups.path_group, 'no page') AS path_group,
    COALESCE(raw_events.event_name, 'an unnamed event') || ' on '
        || CASE WHEN raw_events.page_key IS NULL THEN 'no page' WHEN places.personal_data IS NULL THEN COALESCE(places.host, '') || COALESCE(places.path, '') ELSE COALESCE(places.host, '') END AS what,
    COALESCE(devices.is_bot, 0) AS is_bot,
    CASE WHEN devices.is_bot = 1 THEN 'bots' ELSE 'people' END AS agent,
    raw_events.client_key,
    raw_events.has_client,
    raw_events.page_key,
    raw_events.place_key,
    raw_events.referrer_key,
    raw_events.user_agent_key,
    raw_events.payload_key,
    COALESCE(page_groups.has_utm, 0) AS has_utm,
    COALESCE(page_groups.has_conflicting_utm, 0) AS has_conflicting_utm,
    COALESCE(page_groups.has_paid_click_id, 0) AS has_paid_click_id,
    COALESCE(referrer_kinds.referrer_kind, 'unknown') AS referrer_kind
FROM raw_events
LEFT JOIN input_files ON input_files.file_id = raw_events.file_id
LEFT JOIN places ON places.place_key = raw_events.place_key
LEFT JOIN page_groups ON page_groups.place_key = raw_events.place_key
LEFT JOIN referrer_kinds ON referrer_kinds.referrer_key = raw_events.referrer_key
LEFT JOIN devices ON devices.user_agent_key = raw_events.user_agent_key
