-- title: Events = kept + duplicates = in sessions + outside
-- description: Every event that was loaded is kept once or is an exact duplicate of one that was; every event kept is in exactly
--   one session or, for want of a client or a time, in none; and the text joined to it multiplies nothing.
-- severity: critical
-- message: {subject}: {observed} events, {expected} expected.
WITH copies AS (
    SELECT COUNT(*) AS copy_count
    FROM raw_events
    GROUP BY
        CASE WHEN has_client = 1 THEN client_key ELSE 0 END, occurred_at_ms, file_id, raw_timestamp, event_name,
        page_key, referrer_key, payload_key
),

duplicates AS (
    SELECT COALESCE(CAST(SUM(copy_count - 1) AS BIGINT), 0) AS event_count FROM copies
),

loaded AS (
    SELECT COUNT(*) AS event_count FROM raw_events
),

kept AS (
    SELECT COUNT(*) AS event_count FROM event_stream
),

viewed AS (
    SELECT COUNT(*) AS event_count FROM events
),

in_sessions AS (
    SELECT COALESCE(CAST(SUM(event_count) AS BIGINT), 0) AS event_count FROM sessions
),

outside AS (
    SELECT COUNT(*) AS event_count FROM event_stream WHERE has_client = 0 OR has_time = 0
),

measured AS (
    SELECT 'kept + duplicates' AS subject, kept.event_count + duplicates.event_count AS observed, loaded.event_count AS expected
    FROM kept
    CROSS JOIN duplicates
    CROSS JOIN loaded
    UNION ALL
    SELECT 'in sessions + outside', in_sessions.event_count + outside.event_count, kept.event_count
    FROM in_sessions
    CROSS JOIN outside
    CROSS JOIN kept
    UNION ALL
    SELECT 'with their text', viewed.event_count, kept.event_count
    FROM viewed
    CROSS JOIN kept
)

SELECT subject, 1 AS population, observed, expected, CASE WHEN observed = expected THEN 1 ELSE 0 END AS passed
FROM measured
ORDER BY subject
