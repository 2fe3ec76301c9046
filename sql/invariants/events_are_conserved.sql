-- title: Events = kept + duplicates = in sessions + outside
-- description: Every event that was loaded is kept once or is an exact duplicate of one that was, counted a second time among the
--   records of the same moment; every event kept is in exactly one session or, for want of a client or a time, in
--   none; and the text joined to it multiplies nothing.
-- severity: critical
-- message: {subject}: {observed} {observed:event|events}, {expected} expected.
WITH left_out AS (
    SELECT COUNT(*) AS event_count FROM duplicates
),

-- Few: only moments at which something was left out are counted again.
moments AS (
    SELECT COALESCE(raw_events.occurred_at_ms, 0) AS occurred_at_ms
    FROM duplicates
    JOIN raw_events ON raw_events.event_id = duplicates.event_id
),

copies AS (
    SELECT COUNT(*) - 1 AS event_count
    FROM raw_events
    WHERE COALESCE(occurred_at_ms, 0) IN (SELECT occurred_at_ms FROM moments)
    GROUP BY
        CASE WHEN has_client = 1 THEN client_key ELSE 0 END, occurred_at_ms, raw_timestamp, event_name, page_key, referrer_key, payload_key, file_id
),

repeats AS (
    SELECT COALESCE(CAST(SUM(event_count) AS BIGINT), 0) AS event_count FROM copies
),

loaded AS (
    SELECT COUNT(*) AS event_count FROM raw_events
),

kept AS (
    SELECT COUNT(*) AS event_count FROM event_stream
),

viewed AS (
    -- The limit makes SQLite count without looking up the text, where it can prove that no join adds or drops a row.
    SELECT COUNT(*) AS event_count FROM (SELECT event_id FROM events LIMIT 1000000000000000) AS with_text
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
    SELECT 'left out as duplicates', left_out.event_count, repeats.event_count
    FROM left_out
    CROSS JOIN repeats
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
WITH kept_wrongly AS (
    SELECT raw_events.event_id, raw_events.file_id, raw_events.line_number, COUNT(event_stream.event_id) AS times_kept
    FROM raw_events
    LEFT JOIN duplicates ON duplicates.event_id = raw_events.event_id
    LEFT JOIN event_stream ON event_stream.event_id = raw_events.event_id
    GROUP BY raw_events.event_id, raw_events.file_id, raw_events.line_number
    HAVING COUNT(event_stream.event_id) <> CASE WHEN COUNT(duplicates.event_id) > 0 THEN 0 ELSE 1 END
),

examples AS (
    SELECT event_id, file_id, line_number, CASE WHEN times_kept = 0 THEN 'lost' ELSE 'kept more than once, or a duplicate' END AS what
    FROM kept_wrongly
    UNION ALL
    SELECT event_stream.event_id, event_stream.file_id, event_stream.line_number, 'its session is lost'
    FROM event_stream
    LEFT JOIN sessions ON
        sessions.client_key = event_stream.client_key
        AND sessions.session_number = event_stream.session_number
    WHERE event_stream.session_number > 0 AND sessions.client_key IS NULL
    UNION ALL
    SELECT left_out.event_id, left_out.file_id, left_out.line_number, 'left out, and no copy of it is kept'
    FROM duplicates
    JOIN raw_events AS left_out ON left_out.event_id = duplicates.event_id
    LEFT JOIN event_stream AS kept ON
        kept.file_id = left_out.file_id
        AND kept.occurred_at_ms = COALESCE(left_out.occurred_at_ms, 0)
        AND kept.has_client = left_out.has_client
        AND COALESCE(kept.page_key, 0) = COALESCE(left_out.page_key, 0)
        AND COALESCE(kept.payload_key, 0) = COALESCE(left_out.payload_key, 0)
    WHERE kept.event_id IS NULL
)

SELECT examples.event_id, input_files.file_name, examples.line_number, examples.what
FROM examples
JOIN input_files ON input_files.file_id = examples.file_id
ORDER BY examples.event_id, examples.what
LIMIT 3
