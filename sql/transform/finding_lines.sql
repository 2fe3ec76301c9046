-- title: Records of shifts
-- description: The records that a told shift of a rate speaks of, on its first day and within its hours, for the rows that checks give to look
--   at. Which of them have the property, the check says. Measures of other things than
--   single events have queries of their own.
-- grain: one row per told shift and record of its segment
-- key: measure, subject, since_date, event_id
-- cluster: measure, subject, since_date, event_id
SELECT
    rate_results.measure,
    rate_results.subject,
    rate_results.segment_kind,
    rate_results.segment,
    rate_results.since_date,
    rate_results.since,
    rate_results.shift,
    raw_events.event_id,
    raw_events.client_key,
    raw_events.has_client,
    raw_events.page_key,
    raw_events.user_agent_key,
    raw_events.payload_key,
    COALESCE(devices.is_bot, 0) AS is_bot,
    CASE WHEN odd_clients.client_key IS NULL THEN 0 ELSE 1 END AS is_odd_client,
    COALESCE(page_groups.has_utm, 0) AS has_utm,
    COALESCE(page_groups.has_conflicting_utm, 0) AS has_conflicting_utm,
    COALESCE(page_groups.has_paid_click_id, 0) AS has_paid_click_id,
    COALESCE(referrer_kinds.referrer_kind, 'unknown') AS referrer_kind
FROM rate_results
JOIN rate_findings ON
    rate_findings.measure = rate_results.measure
    AND rate_findings.segment_kind = rate_results.segment_kind
    AND rate_findings.segment = rate_results.segment
    AND rate_findings.since_date = rate_results.since_date
CROSS JOIN raw_events -- so that SQLite begins with the few findings
LEFT JOIN page_groups ON page_groups.place_key = raw_events.place_key
LEFT JOIN devices ON devices.user_agent_key = raw_events.user_agent_key
LEFT JOIN referrer_kinds ON referrer_kinds.referrer_key = raw_events.referrer_key
LEFT JOIN odd_clients ON odd_clients.client_key = raw_events.client_key AND rate_results.measure = 'odd_client'
WHERE
    rate_results.passed = 0
    AND rate_results.segment_kind IN ('all', 'event', 'host', 'path', 'agent', 'hour')
    AND rate_results.measure NOT IN ('near_duplicate', 'self_referral')
    AND raw_events.event_id >= rate_findings.first_event_id
    AND raw_events.event_id < rate_findings.end_event_id
    AND raw_events.event_date BETWEEN rate_findings.since_date AND rate_findings.since_date -- not =, for which SQLite would sort all records first
    AND raw_events.hour_of_day BETWEEN rate_findings.start_hour AND rate_findings.last_hour
    AND rate_results.segment = CASE rate_results.segment_kind
        WHEN 'event' THEN COALESCE(raw_events.event_name, 'unnamed')
        WHEN 'host' THEN COALESCE(page_groups.host_group, 'no page')
        WHEN 'path' THEN COALESCE(page_groups.path_group, 'no page')
        ELSE rate_results.segment
    END
    -- Of its own, so that SQLite looks agents up for these records alone.
    AND (rate_results.segment_kind <> 'agent' OR rate_results.segment = CASE WHEN devices.is_bot = 1 THEN 'bots' ELSE 'people' END)
