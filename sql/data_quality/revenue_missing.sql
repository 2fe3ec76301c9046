-- title: Purchases without a revenue
-- description: Purchases whose revenue is missing, null, no number or not finite count as orders of 0.
-- severity: warn
-- format: observed percent 1, expected percent 1
-- needs: purchases
-- defect: missing_revenue
-- defect: null_revenue
-- defect: infinite_revenue
-- defect: empty_payloads
-- defect: bad_payloads
-- follows: missing_required_columns
-- message: {orders_touched} of {population} {population:purchase|purchases} {orders_touched:has|have} {what}.
-- cause: The data layer was not filled when the tag fired, or the field was renamed.
-- remedy: Restore the field. Until then revenue is too low by these orders, and the average order value with it.
-- param max_revenueless_rate: 0.0
-- param sample_rows: as in exact_duplicates
WITH statuses (revenue_status, what) AS (
    VALUES
        ('no payload', 'no payload'),
        ('unreadable', 'a payload that can''t be read'),
        ('missing', 'no revenue field'),
        ('null', 'a revenue of null'),
        ('invalid', 'a revenue that is no number'),
        ('not_finite', 'a revenue that is not finite')
),

purchases AS (
    SELECT COUNT(*) AS purchase_count FROM purchase_records
)

SELECT
    statuses.revenue_status AS subject,
    purchases.purchase_count AS population,
    CASE WHEN purchases.purchase_count > 0 THEN CAST(COUNT(purchase_records.event_id) AS DOUBLE PRECISION) / purchases.purchase_count END AS observed,
    :max_revenueless_rate AS expected,
    CASE WHEN COUNT(purchase_records.event_id) <= :max_revenueless_rate * purchases.purchase_count THEN 1 ELSE 0 END AS passed,
    statuses.what,
    MIN(purchase_records.event_date) AS since,
    MAX(purchase_records.event_date) AS until,
    COUNT(purchase_records.event_id) AS orders_touched
FROM statuses
CROSS JOIN purchases
LEFT JOIN purchase_records ON purchase_records.revenue_status = statuses.revenue_status
GROUP BY statuses.revenue_status, statuses.what, purchases.purchase_count
ORDER BY statuses.revenue_status

-- samples
WITH found AS (
    SELECT
        purchase_records.revenue_status,
        purchase_records.file_id,
        purchase_records.event_id,
        purchase_records.line_number,
        ROW_NUMBER() OVER (PARTITION BY purchase_records.revenue_status ORDER BY purchase_records.event_id) AS sample_number
    FROM purchase_records
    WHERE purchase_records.revenue_status <> 'ok'
)

SELECT found.revenue_status AS subject, input_files.file_name, found.line_number, 'purchase with revenue status ' || found.revenue_status AS reason
FROM found
JOIN input_files ON input_files.file_id = found.file_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id
