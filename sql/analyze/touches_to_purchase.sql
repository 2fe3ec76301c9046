-- title: Clicks before a purchase
-- description: How many tagged clicks the buyer made in the lookback before the purchase. 0: none, the order is direct.
-- section: Attribution
-- chart: bar x=clicks y=orders
-- format: orders integer, revenue money, share percent 1
WITH counted AS (
    SELECT
        CASE WHEN touch_count >= 6 THEN 6 ELSE touch_count END AS touches,
        COUNT(*) AS orders,
        CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents
    FROM purchase_attribution
    GROUP BY CASE WHEN touch_count >= 6 THEN 6 ELSE touch_count END
)

SELECT
    CASE WHEN touches = 6 THEN '6 or more' ELSE CAST(touches AS TEXT) END AS clicks,
    orders,
    CAST(revenue_cents AS DOUBLE PRECISION) / 100 AS revenue,
    CAST(orders AS DOUBLE PRECISION) / CAST(SUM(orders) OVER () AS BIGINT) AS share
FROM counted
ORDER BY touches
