-- title: From visit to purchase, by channel group
-- description: Of each channel group's sessions, the shares that reached a product page, cart, checkout and purchase, in any order. Groups
--   below the least number of sessions are left out, as their rates say little. Known bots are left out.
-- section: Funnel
-- chart: bar x=channel_group y=cart_rate,checkout_rate,purchase_rate
-- format: sessions integer, product_rate percent 1, cart_rate percent 2, checkout_rate percent 2, purchase_rate percent 2,
--   ordered_purchase_rate percent 2
-- param include_bots: 0
-- param least_channel_sessions: 100
WITH totals AS (
    SELECT
        channel_group,
        CAST(SUM(sessions) AS BIGINT) AS sessions,
        CAST(SUM(product_sessions) AS BIGINT) AS products,
        CAST(SUM(cart_sessions) AS BIGINT) AS carts,
        CAST(SUM(checkout_sessions) AS BIGINT) AS checkouts,
        CAST(SUM(buying_sessions) AS BIGINT) AS purchases,
        CAST(SUM(ordered_buying_sessions) AS BIGINT) AS ordered_purchases
    FROM session_counts
    WHERE is_bot = 0 OR :include_bots = 1
    GROUP BY channel_group
)

SELECT
    channel_group,
    sessions,
    CAST(products AS DOUBLE PRECISION) / sessions AS product_rate,
    CAST(carts AS DOUBLE PRECISION) / sessions AS cart_rate,
    CAST(checkouts AS DOUBLE PRECISION) / sessions AS checkout_rate,
    CAST(purchases AS DOUBLE PRECISION) / sessions AS purchase_rate,
    CAST(ordered_purchases AS DOUBLE PRECISION) / sessions AS ordered_purchase_rate
FROM totals
WHERE sessions >= :least_channel_sessions
ORDER BY sessions DESC, channel_group
