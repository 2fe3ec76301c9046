-- title: Implausible orders
-- description: Orders far beyond the shop's own distribution: more than outlier_factor times the order that only five in a hundred exceed.
--   One of them can make a week.
-- severity: warn
-- needs: twenty purchases with a revenue
-- format: observed money, expected money
-- defect: implausible_revenue
-- follows: revenue_unit
-- message: {orders_touched} of {population} {population:order|orders} {orders_touched:is|are} above {expected}, the largest {observed}.
-- cause: A typing error, a test order, a wholesale customer, or another unit or currency.
-- remedy: Look the orders up in the shop system. They count as they are.
-- param outlier_factor: 10.0
-- param least_orders: 20
-- param sample_rows: as in exact_duplicates
WITH priced AS (
    SELECT
        event_date,
        revenue_cents,
        ROW_NUMBER() OVER (ORDER BY revenue_cents, event_id) AS revenue_rank,
        COUNT(*) OVER () AS order_count
    FROM purchase_records
    WHERE revenue_cents > 0
),

high AS (
    SELECT revenue_cents, order_count
    FROM priced
    WHERE revenue_rank = order_count - (order_count - order_count % 20) / 20
)

SELECT
    'orders' AS subject,
    high.order_count AS population,
    CAST(MAX(priced.revenue_cents) AS DOUBLE PRECISION) / 100 AS observed,
    :outlier_factor * high.revenue_cents / 100 AS expected,
    CASE
        WHEN high.order_count < :least_orders THEN NULL
        WHEN MAX(priced.revenue_cents) > :outlier_factor * high.revenue_cents THEN 0
        ELSE 1
    END AS passed,
    MIN(CASE WHEN priced.revenue_cents > :outlier_factor * high.revenue_cents THEN priced.event_date END) AS since,
    MAX(CASE WHEN priced.revenue_cents > :outlier_factor * high.revenue_cents THEN priced.event_date END) AS until,
    COUNT(CASE WHEN priced.revenue_cents > :outlier_factor * high.revenue_cents THEN 1 END) AS orders_touched,
    COALESCE(CAST(SUM(CASE WHEN priced.revenue_cents > :outlier_factor * high.revenue_cents THEN priced.revenue_cents END) AS BIGINT), 0) AS revenue_cents_touched
FROM high -- first: looked up for every order, it would be calculated for each
CROSS JOIN priced
GROUP BY high.order_count, high.revenue_cents

-- samples
WITH priced AS (
    SELECT
        event_date,
        revenue_cents,
        ROW_NUMBER() OVER (ORDER BY revenue_cents, event_id) AS revenue_rank,
        COUNT(*) OVER () AS order_count
    FROM purchase_records
    WHERE revenue_cents > 0
),

high AS (
    SELECT revenue_cents, order_count
    FROM priced
    WHERE revenue_rank = order_count - (order_count - order_count % 20) / 20
)

SELECT input_files.file_name, purchase_records.line_number, 'an order of ' || CAST(purchase_records.revenue_cents AS TEXT) || ' cents' AS reason
FROM high
CROSS JOIN purchase_records
JOIN input_files ON input_files.file_id = purchase_records.file_id
WHERE purchase_records.revenue_cents > :outlier_factor * high.revenue_cents
ORDER BY purchase_records.revenue_cents DESC, purchase_records.event_id
LIMIT :sample_rows
