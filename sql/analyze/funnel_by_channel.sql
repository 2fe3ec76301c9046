-- title: From visit to purchase, by channel group
-- description: Of each channel group's sessions, the shares that reached a product page, cart, checkout and purchase, in any order. Those with too
--   few sessions are left out, as their rates say little. Known bots are left out.
-- section: Funnel
-- chart: bar x=channel_group y=cart_rate,checkout_rate,purchase_rate
-- format: sessions integer, product_rate percent 1, cart_rate percent 2, checkout_rate percent 2, purchase_rate percent 2,
--   ordered_purchase_rate percent 2
-- param least_channel_sessions: 100
SELECT segment AS channel_group, sessions, product_rate, cart_rate, checkout_rate, conversion_rate AS purchase_rate, ordered_purchase_rate
FROM segment_rates
WHERE dimension = 'channel group' AND sessions >= :least_channel_sessions
ORDER BY sessions DESC, segment
