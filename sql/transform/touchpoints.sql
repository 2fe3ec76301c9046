-- title: Touchpoints
-- description: Every event of a known client whose page carries a non-empty utm_source: a click that somebody paid or worked for.
--   channel is that utm_source; channel_group what the page's UTM values and click ids say it was, with the evidence
--   used and the rule. Visits that say where they come from in other ways are touches by channel group: see sessions.
-- grain: one row per event with a utm_source
-- key: client_key, occurred_at_ms, event_id
-- cluster: client_key, occurred_at_ms, event_id
-- distribute: client_key
-- incremental: client_key
-- export: parquet
-- omit: client_key
SELECT
    event_stream.client_key,
    event_stream.occurred_at_ms,
    event_stream.event_id,
    clients.client_id,
    event_stream.session_number,
    event_stream.event_date,
    page_details.utm_source AS channel,
    page_details.channel_group,
    page_details.channel_evidence,
    page_details.channel_rule,
    page_details.utm_source,
    page_details.utm_medium,
    page_details.utm_campaign,
    page_details.click_id
FROM event_stream
JOIN page_details ON page_details.place_key = event_stream.place_key
JOIN clients ON clients.client_key = event_stream.client_key
WHERE event_stream.has_utm_source = 1 AND event_stream.session_number > 0
