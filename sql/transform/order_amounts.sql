-- title: Orders in one unit
-- description: What payloads say of orders, with the revenue in the shop's unit (reference/money_units). Every reader of revenue begins here.
-- grain: one row per event whose payload names an order or a revenue
-- key: event_id
SELECT
    raw_orders.event_id,
    raw_orders.order_id,
    CAST((
        raw_orders.revenue_cents * COALESCE(unit_days.multiply_by, 1)
        - raw_orders.revenue_cents * COALESCE(unit_days.multiply_by, 1) % COALESCE(unit_days.divide_by, 1)
    ) / COALESCE(unit_days.divide_by, 1) AS BIGINT) AS revenue_cents,
    raw_orders.revenue_status,
    raw_orders.currency,
    raw_orders.customer_key,
    raw_orders.item_count
FROM raw_orders
JOIN raw_events ON raw_events.event_id = raw_orders.event_id
JOIN input_files ON input_files.file_id = raw_events.file_id
LEFT JOIN unit_days ON
    unit_days.event_date = COALESCE(raw_events.event_date, input_files.file_date)
    AND unit_days.amount = 'revenue'
