-- title: Orders sent again
-- description: The same order id with the same payload at another time: the confirmation page was opened again. Each counts as an order of
--   its own, as nothing but the id says otherwise.
-- severity: warn
-- needs: purchases with an order id
-- defect: replayed_orders
-- follows: near_duplicates
-- message: {orders_touched} {orders_touched:purchase repeats|purchases repeat} the id and the payload of an earlier one; {orders_touched:its|their} revenue counts again.
-- cause: The purchase tag fires whenever the confirmation page is shown: reloaded, opened from an e-mail, or restored with the tab.
-- remedy: Have the tag fire once per order id.
-- param sample_rows: as in exact_duplicates
WITH numbered AS (
    SELECT
        event_date,
        revenue_cents,
        DENSE_RANK() OVER (PARTITION BY order_id, payload_key ORDER BY occurred_at_ms NULLS FIRST) AS use_of_payload
    FROM purchase_records
    WHERE order_id IS NOT NULL
)

SELECT
    'order ids' AS subject,
    COUNT(*) AS population,
    COUNT(CASE WHEN use_of_payload > 1 THEN 1 END) AS observed,
    0 AS expected,
    CASE WHEN COUNT(CASE WHEN use_of_payload > 1 THEN 1 END) = 0 THEN 1 ELSE 0 END AS passed,
    MIN(CASE WHEN use_of_payload > 1 THEN event_date END) AS since,
    MAX(CASE WHEN use_of_payload > 1 THEN event_date END) AS until,
    COUNT(CASE WHEN use_of_payload > 1 THEN 1 END) AS orders_touched,
    COALESCE(CAST(SUM(CASE WHEN use_of_payload > 1 THEN revenue_cents END) AS BIGINT), 0) AS revenue_cents_touched
FROM numbered

-- samples
SELECT numbered.file_name, numbered.line_number, 'order ' || SUBSTR(numbered.order_id, 1, 60) || ' was sent before with the same payload' AS reason
FROM (
    SELECT
        purchase_records.event_id,
        input_files.file_name,
        purchase_records.line_number,
        purchase_records.order_id,
        DENSE_RANK() OVER (PARTITION BY purchase_records.order_id, purchase_records.payload_key ORDER BY purchase_records.occurred_at_ms NULLS FIRST) AS use_of_payload
    FROM purchase_records
    JOIN input_files ON input_files.file_id = purchase_records.file_id
    WHERE purchase_records.order_id IS NOT NULL
) AS numbered
WHERE numbered.use_of_payload > 1
ORDER BY numbered.event_id
LIMIT :sample_rows
