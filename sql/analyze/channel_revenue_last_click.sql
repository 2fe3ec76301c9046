-- title: Revenue by last click
-- description: Each order counted for the utm_source of the buyer's last touchpoint in the lookback before the purchase; 'direct'
--   where there was none.
-- section: Channels
-- chart: bar x=channel y=revenue top=10 name=top_channels_last
-- format: revenue money, purchases integer
SELECT
    last_click_channel AS channel,
    COUNT(*) AS purchases,
    CAST(CAST(SUM(revenue_cents) AS BIGINT) AS DOUBLE PRECISION) / 100 AS revenue
FROM purchase_attribution
GROUP BY last_click_channel
ORDER BY CAST(SUM(revenue_cents) AS BIGINT) DESC, channel
