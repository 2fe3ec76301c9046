-- title: Event counts
-- description: One pass over the raw records, counted for the quality checks: how many there are in each hour by event, host, path and
--   agent, and in how many of them a field is missing or odd. Everything that is compared over time is added up from here.
-- grain: one row per file, day, hour, event name, host group, path group and kind of agent
-- key: file_id, event_date, hour_of_day, event_name, host_group, path_group, is_bot
-- cluster: event_date, hour_of_day, event_name, host_group, path_group, is_bot, file_id
-- incremental: file_id
SELECT
    COALESCE(raw_events.event_date, 'undated') AS event_date,
    COALESCE(raw_events.hour_of_day, -1) AS hour_of_day,
    COALESCE(raw_events.event_name, 'unnamed') AS event_name,
    COALESCE(page_groups.host_group, 'no page') AS host_group,
    COALESCE(page_groups.path_group, 'no page') AS path_group,
    COALESCE(devices.is_bot, 0) AS is_bot,
    raw_events.file_id,
    COUNT(*) AS event_count,
    COUNT(CASE WHEN raw_events.has_client = 0 THEN 1 END) AS no_client,
    COUNT(odd_clients.client_key) AS odd_client,
    COUNT(*) - COUNT(page_groups.path_group) AS no_page,
    COUNT(*) - COUNT(devices.is_bot) AS no_user_agent,
    COUNT(*) - COUNT(raw_events.payload_key) AS no_payload,
    -- Where visits come from is asked of people with a client id alone: nobody else's can be attributed. What is rare is asked first.
    COUNT(CASE WHEN page_groups.path_group IS NOT NULL AND raw_events.has_client = 1 AND COALESCE(devices.is_bot, 0) = 0 THEN 1 END) AS attributable,
    COUNT(CASE WHEN referrer_kinds.referrer_kind IS NOT NULL AND raw_events.has_client = 1 AND COALESCE(devices.is_bot, 0) = 0 THEN 1 END) AS referrer_known,
    COUNT(CASE WHEN referrer_kinds.referrer_kind = 'empty' AND raw_events.has_client = 1 AND COALESCE(devices.is_bot, 0) = 0 THEN 1 END) AS no_referrer,
    COUNT(CASE WHEN referrer_kinds.referrer_kind = 'own page' AND raw_events.has_client = 1 AND COALESCE(devices.is_bot, 0) = 0 THEN 1 END) AS own_referrer,
    COUNT(CASE WHEN referrer_kinds.referrer_kind = 'own other' AND raw_events.has_client = 1 AND COALESCE(devices.is_bot, 0) = 0 THEN 1 END) AS own_other_referrer,
    COUNT(CASE WHEN referrer_kinds.referrer_kind = 'opaque' AND raw_events.has_client = 1 AND COALESCE(devices.is_bot, 0) = 0 THEN 1 END) AS opaque_referrer,
    COUNT(CASE WHEN referrer_kinds.referrer_kind = 'site' AND raw_events.has_client = 1 AND COALESCE(devices.is_bot, 0) = 0 THEN 1 END) AS site_referrer,
    COUNT(CASE WHEN page_groups.has_utm = 1 AND raw_events.has_client = 1 AND COALESCE(devices.is_bot, 0) = 0 THEN 1 END) AS with_utm,
    COUNT(CASE WHEN page_groups.has_conflicting_utm = 1 AND raw_events.has_client = 1 AND COALESCE(devices.is_bot, 0) = 0 THEN 1 END) AS conflicting_utm,
    COUNT(CASE WHEN page_groups.has_paid_click_id = 1 AND raw_events.has_client = 1 AND COALESCE(devices.is_bot, 0) = 0 THEN 1 END) AS paid_click,
    COUNT(CASE WHEN page_groups.has_paid_click_id = 1 AND page_groups.has_utm = 0 AND raw_events.has_client = 1 AND COALESCE(devices.is_bot, 0) = 0 THEN 1 END) AS paid_click_without_utm
FROM raw_events
LEFT JOIN page_groups ON page_groups.place_key = raw_events.place_key
LEFT JOIN odd_clients ON odd_clients.client_key = raw_events.client_key
LEFT JOIN referrer_kinds ON referrer_kinds.referrer_key = raw_events.referrer_key
LEFT JOIN devices ON devices.user_agent_key = raw_events.user_agent_key
GROUP BY
    COALESCE(raw_events.event_date, 'undated'),
    COALESCE(raw_events.hour_of_day, -1),
    COALESCE(raw_events.event_name, 'unnamed'),
    COALESCE(page_groups.host_group, 'no page'),
    COALESCE(page_groups.path_group, 'no page'),
    COALESCE(devices.is_bot, 0),
    raw_events.file_id
