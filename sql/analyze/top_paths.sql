-- title: Paths to purchase
-- description: The channel groups that a buyer came through in the lookback, in order, repeats in a row told once, with the orders and revenue
--   that ended them, the mean number of visits and the mean days from the first of them to the purchase.
-- section: Attribution
-- chart: bar x=path y=orders top=12
-- format: orders integer, revenue money, mean_visits decimal 1, mean_days decimal 1, share percent 1
-- param most_paths: 50
WITH ranked AS (
    SELECT
        path,
        order_count AS orders,
        revenue_cents,
        average_touches AS mean_visits,
        average_days AS mean_days,
        CAST(order_count AS DOUBLE PRECISION) / CAST(SUM(order_count) OVER () AS BIGINT) AS share,
        ROW_NUMBER() OVER (ORDER BY order_count DESC, revenue_cents DESC, path) AS path_number
    FROM paths
    WHERE dimension = 'channel_group'
)

SELECT path, orders, CAST(revenue_cents AS DOUBLE PRECISION) / 100 AS revenue, share, mean_visits, mean_days
FROM ranked
WHERE path_number <= :most_paths
ORDER BY path_number
