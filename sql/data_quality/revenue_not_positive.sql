-- title: Purchases of zero or less
-- description: Orders of 0 (a free sample, a replacement, a test) raise the conversion rate and lower the order value; negative ones are
--   refunds that are sent as purchases. They count as they are.
-- severity: warn
-- format: observed percent 1, expected percent 1
-- needs: purchases with a revenue
-- defect: zero_revenue
-- defect: negative_revenue
-- message: {orders_touched} of {population} {population:purchase|purchases} {orders_touched:has|have} a revenue {what}{emptied}.
-- cause: Zero: a replacement, a full discount, a test order. Negative: a refund.
-- remedy: Send refunds as an event of their own. If zero orders are tests, have the tag leave them out.
-- param max_not_positive_rate: 0.0
-- param sample_rows: as in exact_duplicates
WITH kinds (kind, what) AS (
    VALUES ('zero', 'of zero'), ('negative', 'below zero')
),

-- An order of zero whose items say nothing is a payload that was not filled.
named_items AS (
    SELECT event_id, COUNT(COALESCE(product_id, product_name)) AS named_count
    FROM raw_order_items
    GROUP BY event_id
),

judged AS (
    SELECT
        purchase_records.*,
        CASE WHEN revenue_cents = 0 THEN 'zero' WHEN revenue_cents < 0 THEN 'negative' ELSE 'positive' END AS kind,
        CASE WHEN revenue_cents = 0 AND COALESCE(named_items.named_count, 0) = 0 THEN 1 ELSE 0 END AS is_empty
    FROM purchase_records
    LEFT JOIN named_items ON named_items.event_id = purchase_records.event_id
    WHERE purchase_records.revenue_status = 'ok'
),

purchases AS (
    SELECT COUNT(*) AS purchase_count FROM judged
)

SELECT
    kinds.kind AS subject,
    purchases.purchase_count AS population,
    CASE WHEN purchases.purchase_count > 0 THEN CAST(COUNT(judged.event_id) AS DOUBLE PRECISION) / purchases.purchase_count END AS observed,
    :max_not_positive_rate AS expected,
    CASE WHEN COUNT(judged.event_id) <= :max_not_positive_rate * purchases.purchase_count THEN 1 ELSE 0 END AS passed,
    kinds.what,
    CASE WHEN SUM(judged.is_empty) > 0 THEN '; ' || CAST(CAST(SUM(judged.is_empty) AS BIGINT) AS TEXT) || CASE WHEN SUM(judged.is_empty) = 1 THEN ' of them names no product either' ELSE ' of them name no product either' END ELSE '' END AS emptied,
    MIN(judged.event_date) AS since,
    MAX(judged.event_date) AS until,
    COUNT(judged.event_id) AS orders_touched,
    -COALESCE(CAST(SUM(judged.revenue_cents) AS BIGINT), 0) AS revenue_cents_touched
FROM kinds
CROSS JOIN purchases
LEFT JOIN judged ON judged.kind = kinds.kind
GROUP BY kinds.kind, kinds.what, purchases.purchase_count
ORDER BY kinds.kind DESC

-- samples
WITH found AS (
    SELECT
        CASE WHEN purchase_records.revenue_cents = 0 THEN 'zero' ELSE 'negative' END AS kind,
        purchase_records.file_id,
        purchase_records.event_id,
        purchase_records.line_number,
        ROW_NUMBER() OVER (PARTITION BY CASE WHEN purchase_records.revenue_cents = 0 THEN 'zero' ELSE 'negative' END ORDER BY purchase_records.event_id) AS sample_number
    FROM purchase_records
    WHERE purchase_records.revenue_status = 'ok' AND purchase_records.revenue_cents <= 0
)

SELECT found.kind AS subject, input_files.file_name, found.line_number, CASE found.kind WHEN 'zero' THEN 'purchase of zero' ELSE 'purchase below zero' END AS reason
FROM found
JOIN input_files ON input_files.file_id = found.file_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id
