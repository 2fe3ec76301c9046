-- title: Every segment
-- description: Sessions, the steps they reached, orders and revenue by channel group, device, browser, operating system and kind of visitor, with
--   the 95% Wilson interval of the conversion rate (sessions with a purchase among all). The lines of each dimension add up to all
--   orders; those outside any session stand in a line of their own. Known bots are left out of sessions and rates
--   (--param include_bots=1), not of revenue. Rates over few sessions say little: mind the interval.
-- section: Segments
-- format: sessions integer, purchases integer, revenue money, product_rate percent 1, cart_rate percent 2, checkout_rate percent 2,
--   conversion_rate percent 2, low_rate percent 2, high_rate percent 2, ordered_purchase_rate percent 2, revenue_per_session money
-- param include_bots: 0
WITH dimensions (dimension_number, dimension) AS (
    VALUES (1, 'channel group'), (2, 'device'), (3, 'browser'), (4, 'operating system'), (5, 'visitor')
),

-- Without the day and the source there are few lines, to be read once for each dimension.
tallies AS MATERIALIZED (
    SELECT
        channel_group,
        device_type,
        browser,
        operating_system,
        is_new_user,
        CAST(SUM(CASE WHEN is_bot = 0 OR :include_bots = 1 THEN sessions ELSE 0 END) AS BIGINT) AS sessions,
        CAST(SUM(CASE WHEN is_bot = 0 OR :include_bots = 1 THEN product_sessions ELSE 0 END) AS BIGINT) AS product_sessions,
        CAST(SUM(CASE WHEN is_bot = 0 OR :include_bots = 1 THEN cart_sessions ELSE 0 END) AS BIGINT) AS cart_sessions,
        CAST(SUM(CASE WHEN is_bot = 0 OR :include_bots = 1 THEN checkout_sessions ELSE 0 END) AS BIGINT) AS checkout_sessions,
        CAST(SUM(CASE WHEN is_bot = 0 OR :include_bots = 1 THEN buying_sessions ELSE 0 END) AS BIGINT) AS buying_sessions,
        CAST(SUM(CASE WHEN is_bot = 0 OR :include_bots = 1 THEN ordered_buying_sessions ELSE 0 END) AS BIGINT) AS ordered_sessions,
        CAST(SUM(orders) AS BIGINT) AS purchases,
        CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents
    FROM session_counts
    GROUP BY channel_group, device_type, browser, operating_system, is_new_user
),

named AS (
    SELECT
        dimensions.dimension_number,
        dimensions.dimension,
        CASE dimensions.dimension_number
            WHEN 1 THEN tallies.channel_group
            WHEN 2 THEN tallies.device_type
            WHEN 3 THEN tallies.browser
            WHEN 4 THEN tallies.operating_system
            ELSE CASE WHEN tallies.is_new_user = 1 THEN 'new' ELSE 'returning' END
        END AS segment,
        tallies.sessions,
        tallies.product_sessions,
        tallies.cart_sessions,
        tallies.checkout_sessions,
        tallies.buying_sessions,
        tallies.ordered_sessions,
        tallies.purchases,
        tallies.revenue_cents
    FROM dimensions
    CROSS JOIN tallies
    UNION ALL
    SELECT dimensions.dimension_number, dimensions.dimension, '(no session)', 0, 0, 0, 0, 0, 0, 1, orders.revenue_cents
    FROM dimensions
    CROSS JOIN orders
    WHERE orders.session_number IS NULL
),

totals AS (
    SELECT
        dimension_number,
        dimension,
        segment,
        CAST(SUM(sessions) AS BIGINT) AS sessions,
        CAST(NULLIF(SUM(sessions), 0) AS DOUBLE PRECISION) AS n,
        CAST(SUM(product_sessions) AS BIGINT) AS product_sessions,
        CAST(SUM(cart_sessions) AS BIGINT) AS cart_sessions,
        CAST(SUM(checkout_sessions) AS BIGINT) AS checkout_sessions,
        CAST(SUM(buying_sessions) AS DOUBLE PRECISION) / CAST(NULLIF(SUM(sessions), 0) AS DOUBLE PRECISION) AS conversion_rate,
        CAST(SUM(ordered_sessions) AS BIGINT) AS ordered_sessions,
        CAST(SUM(purchases) AS BIGINT) AS purchases,
        CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents
    FROM named
    GROUP BY dimension_number, dimension, segment
)

SELECT
    dimension,
    segment,
    sessions,
    purchases,
    CAST(revenue_cents AS DOUBLE PRECISION) / 100 AS revenue,
    conversion_rate,
    (conversion_rate + 1.9208 / n - 1.96 * SQRT((conversion_rate * (1 - conversion_rate) + 0.9604 / n) / n)) / (1 + 3.8416 / n) AS low_rate,
    (conversion_rate + 1.9208 / n + 1.96 * SQRT((conversion_rate * (1 - conversion_rate) + 0.9604 / n) / n)) / (1 + 3.8416 / n) AS high_rate,
    product_sessions / n AS product_rate,
    cart_sessions / n AS cart_rate,
    checkout_sessions / n AS checkout_rate,
    ordered_sessions / n AS ordered_purchase_rate,
    CAST(revenue_cents AS DOUBLE PRECISION) / 100 / n AS revenue_per_session
FROM totals
ORDER BY dimension_number, sessions DESC, revenue_cents DESC, segment
