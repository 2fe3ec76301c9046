-- title: Purchases without an order id
-- description: Without an id an order can't be found again in the shop system, and a replay of it can't be told.
-- severity: warn
-- needs: purchases
-- format: observed percent 1, expected percent 1
-- defect: missing_transaction_id
-- message: {orders_touched} of {population} {population:purchase|purchases} {orders_touched:has|have} no order id.
-- cause: The field was renamed or not filled.
-- remedy: Restore the field in the data layer.
-- param max_idless_rate: 0.0
-- param sample_rows: as in exact_duplicates
SELECT
    'purchases' AS subject,
    COUNT(*) AS population,
    CASE WHEN COUNT(*) > 0 THEN CAST(COUNT(*) - COUNT(order_id) AS DOUBLE PRECISION) / COUNT(*) END AS observed,
    :max_idless_rate AS expected,
    CASE WHEN COUNT(*) - COUNT(order_id) <= :max_idless_rate * COUNT(*) THEN 1 ELSE 0 END AS passed,
    MIN(CASE WHEN order_id IS NULL THEN event_date END) AS since,
    MAX(CASE WHEN order_id IS NULL THEN event_date END) AS until,
    COUNT(*) - COUNT(order_id) AS orders_touched,
    COALESCE(CAST(SUM(CASE WHEN order_id IS NULL THEN revenue_cents END) AS BIGINT), 0) AS revenue_cents_touched
FROM purchase_records
WHERE revenue_status NOT IN ('no payload', 'unreadable') -- told by their payload already

-- samples
SELECT input_files.file_name, purchase_records.line_number, 'a purchase without an order id' AS reason
FROM purchase_records
JOIN input_files ON input_files.file_id = purchase_records.file_id
WHERE purchase_records.order_id IS NULL AND purchase_records.revenue_status NOT IN ('no payload', 'unreadable')
ORDER BY purchase_records.event_id
LIMIT :sample_rows
