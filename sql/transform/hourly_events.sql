-- title: Events by hour
-- description: How many events were kept, by day, hour and kind: small, for whatever counts events by day. Hour -1: the time could not be
--   read, and the day is the file's.
-- grain: one row per day, hour and kind of event
-- key: event_date, hour_of_day, event_kind
SELECT
    event_date,
    COALESCE(hour_of_day, -1) AS hour_of_day,
    event_kind,
    COUNT(*) AS event_count
FROM event_stream
GROUP BY 1, 2, 3
