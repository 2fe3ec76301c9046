-- title: Exact duplicates
-- description: Records with the same file, timestamp, event, payload, page, referrer and client as an earlier one. They are left out of
--   every later table, and counted. Only records of the same client and moment are compared in full: few are.
-- grain: one row per record that repeats an earlier one
-- key: event_id
-- cluster: event_id
WITH same_moments AS (
    SELECT
        CASE WHEN has_client = 1 THEN client_key ELSE 0 END AS client_key,
        COALESCE(occurred_at_ms, 0) AS occurred_at_ms
    FROM raw_events
    GROUP BY 2, 1
    HAVING COUNT(*) > 1
),

numbered_copies AS (
    SELECT
        raw_events.event_id,
        ROW_NUMBER() OVER (
            PARTITION BY
                same_moments.client_key,
                raw_events.occurred_at_ms,
                raw_events.file_id,
                raw_events.raw_timestamp,
                raw_events.event_name,
                raw_events.page_key,
                raw_events.referrer_key,
                raw_events.payload_key
            ORDER BY raw_events.event_id
        ) AS copy_number
    FROM raw_events
    CROSS JOIN same_moments -- so that SQLite reads the events once, and looks each up among the few moments
    WHERE same_moments.client_key = CASE WHEN raw_events.has_client = 1 THEN raw_events.client_key ELSE 0 END
        AND same_moments.occurred_at_ms = COALESCE(raw_events.occurred_at_ms, 0)
)

SELECT event_id, copy_number
FROM numbered_copies
WHERE copy_number > 1
