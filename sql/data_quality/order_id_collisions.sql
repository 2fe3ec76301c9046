-- title: Order ids used for different orders
-- description: One order id for orders that differ: another customer, other items, another amount. They are kept as orders of their own;
--   to drop them as duplicates would delete revenue.
-- severity: warn
-- needs: purchases with an order id
-- defect: colliding_order_ids
-- message: {observed} {observed:order id stands|order ids stand} for {orders_touched} different orders.
-- cause: Ids that are drawn from too small a range, or made by two systems.
-- remedy: Both orders count. Look them up in the shop system; give ids that are unique, or never join other data by this id.
-- param sample_rows: as in exact_duplicates
WITH uses AS (
    SELECT
        order_uses.order_id,
        COUNT(DISTINCT order_uses.original_event_id) AS different_count,
        CAST(SUM(COALESCE(purchase_records.revenue_cents, 0)) AS BIGINT) AS revenue_cents,
        MIN(purchase_records.event_date) AS since,
        MAX(purchase_records.event_date) AS until
    FROM order_uses
    JOIN purchase_records ON purchase_records.event_id = order_uses.event_id
    GROUP BY order_uses.order_id
)

SELECT
    'order ids' AS subject,
    COUNT(*) AS population,
    COUNT(CASE WHEN different_count > 1 THEN 1 END) AS observed,
    0 AS expected,
    CASE WHEN COUNT(CASE WHEN different_count > 1 THEN 1 END) = 0 THEN 1 ELSE 0 END AS passed,
    MIN(CASE WHEN different_count > 1 THEN since END) AS since,
    MAX(CASE WHEN different_count > 1 THEN until END) AS until,
    COALESCE(CAST(SUM(CASE WHEN different_count > 1 THEN different_count END) AS BIGINT), 0) AS orders_touched,
    COALESCE(CAST(SUM(CASE WHEN different_count > 1 THEN revenue_cents END) AS BIGINT), 0) AS revenue_cents_touched
FROM uses

-- samples
SELECT input_files.file_name, purchase_records.line_number, 'order ' || SUBSTR(purchase_records.order_id, 1, 60) || ' stands for different orders' AS reason
FROM purchase_records
JOIN input_files ON input_files.file_id = purchase_records.file_id
WHERE purchase_records.order_id IN (
    SELECT order_id
    FROM order_uses
    GROUP BY order_id
    HAVING COUNT(DISTINCT original_event_id) > 1
)
ORDER BY purchase_records.order_id, purchase_records.event_id
LIMIT :sample_rows
