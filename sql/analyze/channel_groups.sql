-- title: Channel groups
-- description: Sessions, orders and revenue by the channel group of the visit in which the order was made (GA4's default grouping: UTM
--   values, click ids, referrer), with the 95% Wilson interval of the conversion rate. Orders outside any session stand apart.
-- section: Channels
-- chart: bar x=channel_group y=revenue
-- format: sessions integer, purchases integer, revenue money, conversion_rate percent 2, low_rate percent 2, high_rate percent 2
-- order: 3
SELECT segment AS channel_group, sessions, purchases, revenue, conversion_rate, low_rate, high_rate
FROM segment_rates
WHERE dimension = 'channel group'
ORDER BY revenue DESC, sessions DESC, segment
