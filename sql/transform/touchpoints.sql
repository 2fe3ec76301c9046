-- title: Touchpoints
-- description: Every event of a known client whose page carries a non-empty utm_source: a click that somebody paid or worked for.
-- grain: one row per event with a utm_source
-- key: event_id
-- cluster: client_key, occurred_at_ms, event_id
-- distribute: client_key
-- export: parquet
SELECT
    event_stream.client_key,
    event_stream.occurred_at_ms,
    event_stream.event_id,
    clients.client_id,
    event_stream.session_number,
    event_stream.event_date,
    pages.utm_source AS channel,
    pages.utm_source,
    pages.utm_medium,
    pages.utm_campaign
FROM event_stream
JOIN pages ON pages.page_key = event_stream.page_key
JOIN clients ON clients.client_key = event_stream.client_key
WHERE event_stream.has_client = 1
    AND event_stream.has_time = 1
    AND pages.utm_source <> ''
