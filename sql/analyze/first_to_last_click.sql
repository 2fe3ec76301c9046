-- title: From the first click to the last
-- description: Orders and revenue by the first click (rows) and the last click (columns), orders without any click left out. On the
--   diagonal, which is there for every channel, one did both; off it one opened and another closed. Channels beyond the largest
--   are one, (other).
-- section: Attribution
-- chart: heatmap x=last_click y=first_click value=revenue
-- format: orders integer, revenue money
-- param most_channels: 12
WITH clicked AS (
    SELECT first_click_channel, last_click_channel, revenue_cents
    FROM purchase_attribution
    WHERE conversion_type <> 'pure_direct'
),

parts AS (
    SELECT first_click_channel AS channel, revenue_cents FROM clicked
    UNION ALL
    SELECT last_click_channel, revenue_cents FROM clicked
),

ranked AS (
    SELECT channel, ROW_NUMBER() OVER (ORDER BY CAST(SUM(revenue_cents) AS BIGINT) DESC, channel) AS channel_number
    FROM parts
    GROUP BY channel
),

named AS (
    SELECT
        CASE WHEN firsts.channel_number <= :most_channels THEN firsts.channel ELSE '(other)' END AS first_click,
        CASE WHEN firsts.channel_number <= :most_channels THEN firsts.channel_number ELSE :most_channels + 1 END AS first_number,
        CASE WHEN lasts.channel_number <= :most_channels THEN lasts.channel ELSE '(other)' END AS last_click,
        CASE WHEN lasts.channel_number <= :most_channels THEN lasts.channel_number ELSE :most_channels + 1 END AS last_number,
        clicked.revenue_cents
    FROM clicked
    JOIN ranked AS firsts ON firsts.channel = clicked.first_click_channel
    JOIN ranked AS lasts ON lasts.channel = clicked.last_click_channel
    UNION ALL
    SELECT channel, channel_number, channel, channel_number, NULL
    FROM ranked
    WHERE channel_number <= :most_channels
)

SELECT
    first_click,
    last_click,
    COUNT(revenue_cents) AS orders,
    CAST(CAST(COALESCE(SUM(revenue_cents), 0) AS BIGINT) AS DOUBLE PRECISION) / 100 AS revenue
FROM named
GROUP BY first_click, first_number, last_click, last_number
ORDER BY CASE WHEN first_number > last_number THEN first_number ELSE last_number END, last_number, first_number
