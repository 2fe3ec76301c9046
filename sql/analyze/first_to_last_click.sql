-- title: From the first click to the last
-- description: Orders and revenue by the first click (rows) and the last click (columns), orders without any click left out. On the
--   diagonal one channel did both; off it one opened and another closed.
-- section: Attribution
-- chart: heatmap x=last_click y=first_click value=revenue top=12
-- format: orders integer, revenue money
SELECT
    first_click_channel AS first_click,
    last_click_channel AS last_click,
    COUNT(*) AS orders,
    CAST(CAST(SUM(revenue_cents) AS BIGINT) AS DOUBLE PRECISION) / 100 AS revenue
FROM purchase_attribution
WHERE conversion_type <> 'pure_direct'
GROUP BY first_click_channel, last_click_channel
ORDER BY CAST(SUM(revenue_cents) AS BIGINT) DESC, first_click_channel, last_click_channel
