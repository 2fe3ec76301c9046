-- title: Purchases as recorded
-- description: The purchase events as the files have them, exact duplicates left out, with what their payloads say: for the quality
--   checks, which run before the orders are made.
-- grain: one row per purchase event
-- key: event_id
SELECT
    raw_events.event_id,
    raw_events.file_id,
    raw_events.line_number,
    COALESCE(raw_events.event_date, input_files.file_date, 'undated') AS event_date,
    raw_events.occurred_at_ms,
    raw_events.client_key,
    raw_events.has_client,
    raw_events.payload_key,
    order_amounts.order_id,
    order_amounts.revenue_cents,
    CASE
        WHEN raw_events.payload_key IS NULL THEN 'no payload'
        WHEN payloads.payload_status = 'invalid' THEN 'unreadable'
        ELSE COALESCE(order_amounts.revenue_status, 'missing')
    END AS revenue_status,
    order_amounts.currency,
    order_amounts.customer_key,
    COALESCE(order_amounts.item_count, 0) AS item_count
FROM raw_events
JOIN input_files ON input_files.file_id = raw_events.file_id
LEFT JOIN order_amounts ON order_amounts.event_id = raw_events.event_id
LEFT JOIN payloads ON payloads.payload_key = raw_events.payload_key
LEFT JOIN duplicates ON duplicates.event_id = raw_events.event_id
WHERE raw_events.event_name IN (SELECT raw_event_name FROM event_taxonomy WHERE event_kind = 'purchase') AND duplicates.event_id IS NULL
