-- title: Events = kept + duplicates = in sessions + outside
-- description: Every event that was loaded is kept once or is an exact duplicate of one that was; every event kept is in exactly
--   one session or, for want of a client or a time, in none; and the text joined to it multiplies nothing.
-- severity: critical
-- message: {subject}: {observed} events, {expected} expected.
WITH left_out AS (
    SELECT COUNT(*) AS event_count FROM duplicates
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
    SELECT 'kept + duplicates' AS subject, kept.event_count + left_out.event_count AS observed, loaded.event_count AS expected
    FROM kept
    CROSS JOIN left_out
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

-- samples
SELECT raw_events.event_id, input_files.file_name, raw_events.line_number, COUNT(event_stream.event_id) AS times_kept
FROM raw_events
JOIN input_files ON input_files.file_id = raw_events.file_id
LEFT JOIN duplicates ON duplicates.event_id = raw_events.event_id
LEFT JOIN event_stream ON event_stream.event_id = raw_events.event_id
GROUP BY raw_events.event_id, input_files.file_name, raw_events.line_number
HAVING COUNT(event_stream.event_id) <> CASE WHEN COUNT(duplicates.event_id) > 0 THEN 0 ELSE 1 END
ORDER BY raw_events.event_id
LIMIT 3
