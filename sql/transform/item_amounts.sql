-- title: Items in one unit
-- description: The items of payloads, with their price in the shop's unit (reference/money_units). Every reader of prices begins here.
-- grain: one row per entry of a payload's item list
-- key: event_id, item_number
SELECT
    raw_order_items.event_id,
    raw_order_items.item_number,
    raw_order_items.product_id,
    raw_order_items.product_name,
    raw_order_items.variant,
    raw_order_items.quantity,
    CAST((
        raw_order_items.price_cents * COALESCE(unit_days.multiply_by, 1)
        - raw_order_items.price_cents * COALESCE(unit_days.multiply_by, 1) % COALESCE(unit_days.divide_by, 1)
    ) / COALESCE(unit_days.divide_by, 1) AS BIGINT) AS price_cents
FROM raw_order_items
JOIN raw_events ON raw_events.event_id = raw_order_items.event_id
JOIN input_files ON input_files.file_id = raw_events.file_id
LEFT JOIN unit_days ON
    unit_days.event_date = COALESCE(raw_events.event_date, input_files.file_date)
    AND unit_days.amount = 'price'
