-- title: Order items
-- description: The lines of each order with the share of the order's revenue that falls to them, so that an order's lines add up to
--   it to the cent. method says how: 'priced' by the lines' prices (of the line or of a unit, whichever explains
--   more of the shop's orders), 'single_line' where an order has one line and no price, 'unallocated' where prices
--   are missing: its revenue stays on the order (see the row with item_number 0) and is given to no product.
-- grain: one row per order and line; line 0 holds what is allocated to no line
-- key: event_id, item_number
-- export: parquet
WITH lines AS (
    SELECT
        orders.event_id,
        orders.order_key,
        orders.event_date,
        orders.revenue_cents AS order_revenue_cents,
        raw_order_items.item_number,
        raw_order_items.product_id,
        raw_order_items.product_name,
        raw_order_items.variant,
        COALESCE(raw_order_items.quantity, 1) AS quantity,
        raw_order_items.price_cents
    FROM orders
    JOIN raw_order_items ON raw_order_items.event_id = orders.event_id
),

order_sums AS (
    SELECT
        event_id,
        MAX(order_revenue_cents) AS order_revenue_cents,
        COUNT(*) AS line_count,
        COUNT(price_cents) AS priced_count,
        CAST(SUM(price_cents) AS BIGINT) AS line_price_cents,
        CAST(SUM(price_cents * quantity) AS BIGINT) AS unit_price_cents
    FROM lines
    GROUP BY event_id
),

-- Is the shop's item price that of a line or of a unit? The orders that tell the two apart say so.
price_reading AS (
    SELECT
        CASE
            WHEN COUNT(CASE WHEN unit_price_cents = order_revenue_cents THEN 1 END)
                > COUNT(CASE WHEN line_price_cents = order_revenue_cents THEN 1 END) THEN 'unit'
            ELSE 'line'
        END AS price_is_of
    FROM order_sums
    WHERE line_price_cents <> unit_price_cents AND priced_count = line_count
),

weighted AS (
    SELECT
        lines.*,
        order_sums.line_count,
        CASE
            WHEN order_sums.line_count = 1 AND order_sums.priced_count = 0 THEN 'single_line'
            WHEN order_sums.priced_count < order_sums.line_count OR order_sums.line_price_cents <= 0 THEN 'unallocated'
            ELSE 'priced'
        END AS method,
        CASE
            WHEN order_sums.line_count = 1 THEN 1
            WHEN order_sums.line_price_cents = order_sums.order_revenue_cents THEN lines.price_cents
            WHEN order_sums.unit_price_cents = order_sums.order_revenue_cents THEN lines.price_cents * lines.quantity
            WHEN price_reading.price_is_of = 'unit' THEN lines.price_cents * lines.quantity
            ELSE lines.price_cents
        END AS weight
    FROM lines
    JOIN order_sums ON order_sums.event_id = lines.event_id
    CROSS JOIN price_reading
),

-- A running sum of weights, cut at whole cents: the lines add up to the order exactly, whatever the rounding.
running AS (
    SELECT
        weighted.*,
        CAST(SUM(weight) OVER (
            PARTITION BY event_id
            ORDER BY item_number
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS BIGINT) AS weight_so_far,
        CAST(SUM(weight) OVER (PARTITION BY event_id) AS BIGINT) AS weight_total
    FROM weighted
),

shares AS (
    SELECT
        running.*,
        CASE
            WHEN method = 'unallocated' OR weight_total = 0 THEN 0
            WHEN weight_so_far = weight_total THEN order_revenue_cents
            -- The whole multiples of the prices first: amounts of rupiah or dong are too large to multiply with each other.
            ELSE CAST((order_revenue_cents - order_revenue_cents % weight_total) / weight_total AS BIGINT) * weight_so_far
                + CAST(FLOOR(CAST(order_revenue_cents % weight_total AS DOUBLE PRECISION) * weight_so_far / weight_total) AS BIGINT)
        END AS revenue_so_far_cents
    FROM running
),

allocated AS (
    SELECT
        shares.*,
        revenue_so_far_cents - LAG(revenue_so_far_cents, 1, CAST(0 AS BIGINT)) OVER (
            PARTITION BY event_id
            ORDER BY item_number
        ) AS revenue_cents
    FROM shares
),

rests AS (
    SELECT
        orders.event_id,
        orders.order_key,
        orders.event_date,
        orders.revenue_cents - COALESCE(CAST(SUM(allocated.revenue_cents) AS BIGINT), 0) AS revenue_cents
    FROM orders
    LEFT JOIN allocated ON allocated.event_id = orders.event_id
    GROUP BY orders.event_id, orders.order_key, orders.event_date, orders.revenue_cents
)

SELECT
    event_id,
    item_number,
    order_key,
    event_date,
    product_id,
    product_name,
    variant,
    quantity,
    price_cents,
    revenue_cents,
    method
FROM allocated
UNION ALL
SELECT
    event_id,
    0 AS item_number,
    order_key,
    event_date,
    NULL AS product_id,
    NULL AS product_name,
    NULL AS variant,
    0 AS quantity,
    NULL AS price_cents,
    revenue_cents,
    'unallocated' AS method
FROM rests
WHERE revenue_cents <> 0
