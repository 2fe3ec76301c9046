-- title: Paths to purchase
-- description: The paths that ended in a purchase, with the orders and the revenue of each, and on average how many touches and how many
--   days they took from the first touch in the lookback.
-- grain: one row per dimension and path
-- key: dimension, path
-- export: parquet
SELECT
    dimension,
    path,
    MIN(step_count) AS step_count,
    COUNT(*) AS order_count,
    CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents,
    CAST(CAST(SUM(touch_count) AS BIGINT) AS DOUBLE PRECISION) / COUNT(*) AS average_touches,
    CAST(CAST(SUM(path_milliseconds) AS BIGINT) AS DOUBLE PRECISION) / COUNT(*) / 86400000 AS average_days
FROM order_paths
GROUP BY dimension, path
