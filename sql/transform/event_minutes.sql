-- title: Minutes with events
-- description: How many records each minute (of UTC) has that has any: what silences are measured by.
-- grain: one row per minute with records
-- key: minute_number
-- cluster: minute_number
SELECT
    CAST((occurred_at_ms - occurred_at_ms % 60000) / 60000 AS BIGINT) AS minute_number,
    COUNT(*) AS event_count
FROM raw_events
WHERE occurred_at_ms IS NOT NULL
GROUP BY CAST((occurred_at_ms - occurred_at_ms % 60000) / 60000 AS BIGINT)
