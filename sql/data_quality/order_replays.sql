-- title: Orders sent again
-- description: The same order id with the same content at another time, or written otherwise: the confirmation page was opened
--   again, or a day was exported again. Each counts as an order of its own, as nothing but the id says otherwise.
-- severity: warn
-- needs: purchases with an order id
-- defect: replayed_orders
-- follows: near_duplicates
-- message: {orders_touched} {orders_touched:purchase repeats|purchases repeat} an earlier one, with its id, customer, amount and items; {orders_touched:its|their} revenue counts again.
-- cause: The purchase tag fires whenever the confirmation page is shown: reloaded, opened from an e-mail, or restored with the tab.
-- remedy: Have the tag fire once per order id.
-- param sample_rows: as in exact_duplicates
WITH numbered AS (
    SELECT
        purchase_records.event_date,
        purchase_records.revenue_cents,
        -- The same payload at the same moment, in another file, is told by overlapping_files.
        DENSE_RANK() OVER (
            PARTITION BY order_uses.original_event_id
            ORDER BY purchase_records.occurred_at_ms NULLS FIRST, order_uses.payload_key
        ) AS use_of_order
    FROM order_uses
    JOIN purchase_records ON purchase_records.event_id = order_uses.event_id
)

SELECT
    'order ids' AS subject,
    COUNT(*) AS population,
    COUNT(CASE WHEN use_of_order > 1 THEN 1 END) AS observed,
    0 AS expected,
    CASE WHEN COUNT(CASE WHEN use_of_order > 1 THEN 1 END) = 0 THEN 1 ELSE 0 END AS passed,
    MIN(CASE WHEN use_of_order > 1 THEN event_date END) AS since,
    MAX(CASE WHEN use_of_order > 1 THEN event_date END) AS until,
    COUNT(CASE WHEN use_of_order > 1 THEN 1 END) AS orders_touched,
    COALESCE(CAST(SUM(CASE WHEN use_of_order > 1 THEN revenue_cents END) AS BIGINT), 0) AS revenue_cents_touched
FROM numbered

-- samples
SELECT numbered.file_name, numbered.line_number, 'order ' || SUBSTR(numbered.order_id, 1, 60) || ' was sent before with the same content' AS reason
FROM (
    SELECT
        purchase_records.event_id,
        input_files.file_name,
        purchase_records.line_number,
        purchase_records.order_id,
        DENSE_RANK() OVER (
            PARTITION BY order_uses.original_event_id
            ORDER BY purchase_records.occurred_at_ms NULLS FIRST, order_uses.payload_key
        ) AS use_of_order
    FROM order_uses
    JOIN purchase_records ON purchase_records.event_id = order_uses.event_id
    JOIN input_files ON input_files.file_id = purchase_records.file_id
) AS numbered
WHERE numbered.use_of_order > 1
ORDER BY numbered.event_id
LIMIT :sample_rows
