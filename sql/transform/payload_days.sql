-- title: Payloads by day
-- description: How many payloads each event has on each day, and how many of them can't be read or had to be mended.
-- grain: one row per event name and day
-- key: event_name, event_date
SELECT
    COALESCE(raw_events.event_name, 'unnamed') AS event_name,
    COALESCE(raw_events.event_date, 'undated') AS event_date,
    COUNT(*) AS payload_count,
    COUNT(CASE WHEN payloads.payload_status = 'invalid' THEN 1 END) AS invalid_count,
    COUNT(CASE WHEN payloads.payload_status = 'repaired' THEN 1 END) AS repaired_count
FROM raw_events
JOIN payloads ON payloads.payload_key = raw_events.payload_key
GROUP BY COALESCE(raw_events.event_name, 'unnamed'), COALESCE(raw_events.event_date, 'undated')
