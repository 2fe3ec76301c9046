-- title: Exact duplicates
-- description: Records with the same file, timestamp, event, payload, page, referrer and client as an earlier one. They are left out of
--   every later table, and counted.
-- grain: one row per record that repeats an earlier one
-- key: event_id
-- cluster: event_id
WITH numbered_copies AS (
    SELECT
        event_id,
        ROW_NUMBER() OVER (
            PARTITION BY
                CASE WHEN has_client = 1 THEN client_key ELSE 0 END,
                occurred_at_ms,
                file_id,
                raw_timestamp,
                event_name,
                page_key,
                referrer_key,
                payload_key
            ORDER BY event_id
        ) AS copy_number
    FROM raw_events
)

SELECT event_id, copy_number
FROM numbered_copies
WHERE copy_number > 1
