-- title: Revenue by first click
-- description: Each order counted for the utm_source of the buyer's first touchpoint in the lookback before the purchase; 'direct'
--   where there was none.
-- section: Channels
-- format: revenue money, purchases integer
SELECT
    first_click_channel AS channel,
    COUNT(*) AS purchases,
    CAST(CAST(SUM(revenue_cents) AS BIGINT) AS DOUBLE PRECISION) / 100 AS revenue
FROM purchase_attribution
GROUP BY first_click_channel
ORDER BY CAST(SUM(revenue_cents) AS BIGINT) DESC, channel
