-- title: From visit to purchase
-- description: Sessions that reached each step: in any order, and in the order product page, cart, checkout, purchase, each after the one
--   before. Where the two differ much, the shop lets people skip a step, or the step's tag does not always fire. Known bots are
--   left out.
-- section: Funnel
-- chart: funnel x=step y=sessions facet=counted
-- format: sessions integer, share_of_visits percent 2, share_of_step_before percent 1
-- order: 5
-- param include_bots: 0
WITH totals AS (
    SELECT
        CAST(COALESCE(SUM(sessions), 0) AS BIGINT) AS visits,
        CAST(COALESCE(SUM(product_sessions), 0) AS BIGINT) AS products,
        CAST(COALESCE(SUM(cart_sessions), 0) AS BIGINT) AS carts,
        CAST(COALESCE(SUM(checkout_sessions), 0) AS BIGINT) AS checkouts,
        CAST(COALESCE(SUM(buying_sessions), 0) AS BIGINT) AS purchases,
        CAST(COALESCE(SUM(ordered_cart_sessions), 0) AS BIGINT) AS ordered_carts,
        CAST(COALESCE(SUM(ordered_checkout_sessions), 0) AS BIGINT) AS ordered_checkouts,
        CAST(COALESCE(SUM(ordered_buying_sessions), 0) AS BIGINT) AS ordered_purchases
    FROM session_counts
    WHERE is_bot = 0 OR :include_bots = 1
),

steps AS (
    SELECT 1 AS counting, 'in any order' AS counted, 1 AS step_number, 'Visit' AS step, visits AS sessions FROM totals
    UNION ALL
    SELECT 1, 'in any order', 2, 'Product page', products FROM totals WHERE products > 0
    UNION ALL
    SELECT 1, 'in any order', 3, 'Cart', carts FROM totals
    UNION ALL
    SELECT 1, 'in any order', 4, 'Checkout', checkouts FROM totals
    UNION ALL
    SELECT 1, 'in any order', 5, 'Purchase', purchases FROM totals
    UNION ALL
    SELECT 2, 'in this order', 1, 'Visit', visits FROM totals
    UNION ALL
    SELECT 2, 'in this order', 2, 'Product page', products FROM totals WHERE products > 0
    UNION ALL
    SELECT 2, 'in this order', 3, 'Cart', ordered_carts FROM totals
    UNION ALL
    SELECT 2, 'in this order', 4, 'Checkout', ordered_checkouts FROM totals
    UNION ALL
    SELECT 2, 'in this order', 5, 'Purchase', ordered_purchases FROM totals
)

SELECT
    counted,
    step,
    sessions,
    CAST(sessions AS DOUBLE PRECISION) / NULLIF(FIRST_VALUE(sessions) OVER (
        PARTITION BY counting
        ORDER BY step_number
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ), 0) AS share_of_visits,
    CAST(sessions AS DOUBLE PRECISION) / NULLIF(LAG(sessions) OVER (PARTITION BY counting ORDER BY step_number), 0) AS share_of_step_before
FROM steps
ORDER BY counting, step_number
