-- title: Records in the files
-- description: Every record that names the order, where it stands, and what became of it.
-- order: 1
-- format: revenue money
-- param order: ''
SELECT
    input_files.file_name || ':' || CAST(raw_events.line_number AS TEXT) AS record,
    raw_events.occurred_at_ms,
    raw_events.event_name,
    clients.client_id,
    CAST(raw_orders.revenue_cents AS DOUBLE PRECISION) / 100 AS revenue,
    raw_orders.currency,
    raw_orders.item_count,
    CASE
        WHEN duplicates.event_id IS NOT NULL THEN 'left out: repeats an earlier record'
        WHEN orders.order_key IS NOT NULL THEN 'order ' || orders.order_key
        ELSE 'no purchase'
    END AS became
FROM raw_orders
JOIN raw_events ON raw_events.event_id = raw_orders.event_id
JOIN input_files ON input_files.file_id = raw_events.file_id
LEFT JOIN clients ON clients.client_key = raw_events.client_key
LEFT JOIN duplicates ON duplicates.event_id = raw_orders.event_id
LEFT JOIN orders ON orders.event_id = raw_orders.event_id
WHERE raw_orders.order_id = :order OR orders.order_key = :order
ORDER BY raw_orders.event_id
