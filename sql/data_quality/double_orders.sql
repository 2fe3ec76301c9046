-- title: Possible double orders
-- description: The same customer and the same amount within minutes under another order id: perhaps one order placed twice.
-- severity: info
-- needs: purchases with a customer
-- defect: double_orders
-- message: {orders_touched} of {population} {population:order|orders} {orders_touched:repeats|repeat} the customer and the amount of one less than {window_minutes} minutes before.
-- cause: The customer pressed the button twice, or paid again after an error.
-- remedy: Look the orders up in the shop system. Both count.
-- param double_order_minutes: 30
-- param sample_rows: as in exact_duplicates
WITH with_previous AS (
    SELECT
        purchase_records.event_date,
        purchase_records.occurred_at_ms,
        purchase_records.revenue_cents,
        purchase_records.payload_key,
        order_uses.original_event_id,
        LAG(purchase_records.occurred_at_ms) OVER same_amount AS previous_ms,
        LAG(purchase_records.payload_key) OVER same_amount AS previous_payload_key,
        LAG(order_uses.original_event_id) OVER same_amount AS previous_original_event_id
    FROM purchase_records
    LEFT JOIN order_uses ON order_uses.event_id = purchase_records.event_id
    WHERE purchase_records.customer_key IS NOT NULL AND purchase_records.revenue_cents > 0 AND purchase_records.occurred_at_ms IS NOT NULL
    WINDOW same_amount AS (PARTITION BY purchase_records.customer_key, purchase_records.revenue_cents ORDER BY purchase_records.occurred_at_ms, purchase_records.event_id)
),

judged AS (
    SELECT
        with_previous.*,
        CASE WHEN COALESCE(original_event_id <> previous_original_event_id, payload_key <> previous_payload_key) AND occurred_at_ms - previous_ms <= :double_order_minutes * 60000 THEN 1 ELSE 0 END AS is_double
    FROM with_previous
)

SELECT
    'orders' AS subject,
    COUNT(*) AS population,
    CAST(COALESCE(SUM(is_double), 0) AS BIGINT) AS observed,
    0 AS expected,
    CASE WHEN COALESCE(SUM(is_double), 0) = 0 THEN 1 ELSE 0 END AS passed,
    :double_order_minutes AS window_minutes,
    MIN(CASE WHEN is_double = 1 THEN event_date END) AS since,
    MAX(CASE WHEN is_double = 1 THEN event_date END) AS until,
    CAST(COALESCE(SUM(is_double), 0) AS BIGINT) AS orders_touched,
    COALESCE(CAST(SUM(is_double * revenue_cents) AS BIGINT), 0) AS revenue_cents_touched
FROM judged

-- samples
WITH with_previous AS (
    SELECT
        purchase_records.*,
        order_uses.original_event_id,
        LAG(purchase_records.occurred_at_ms) OVER same_amount AS previous_ms,
        LAG(purchase_records.payload_key) OVER same_amount AS previous_payload_key,
        LAG(order_uses.original_event_id) OVER same_amount AS previous_original_event_id
    FROM purchase_records
    LEFT JOIN order_uses ON order_uses.event_id = purchase_records.event_id
    WHERE purchase_records.customer_key IS NOT NULL AND purchase_records.revenue_cents > 0 AND purchase_records.occurred_at_ms IS NOT NULL
    WINDOW same_amount AS (PARTITION BY purchase_records.customer_key, purchase_records.revenue_cents ORDER BY purchase_records.occurred_at_ms, purchase_records.event_id)
)

SELECT input_files.file_name, with_previous.line_number, 'the same customer and amount as minutes before' AS reason
FROM with_previous
JOIN input_files ON input_files.file_id = with_previous.file_id
WHERE
    COALESCE(with_previous.original_event_id <> with_previous.previous_original_event_id, with_previous.payload_key <> with_previous.previous_payload_key)
    AND with_previous.occurred_at_ms - with_previous.previous_ms <= :double_order_minutes * 60000
ORDER BY with_previous.event_id
LIMIT :sample_rows
