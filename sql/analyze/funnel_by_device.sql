-- title: From visit to purchase, by device
-- description: Of each device's sessions, the shares that reached a product page, cart, checkout and purchase, in any order. Those with too
--   few sessions are left out, as their rates say little. Known bots are left out.
-- section: Funnel
-- chart: bar x=device_type y=cart_rate,checkout_rate,purchase_rate
-- format: sessions integer, product_rate percent 1, cart_rate percent 2, checkout_rate percent 2, purchase_rate percent 2,
--   ordered_purchase_rate percent 2
-- param least_device_sessions: 200
SELECT segment AS device_type, sessions, product_rate, cart_rate, checkout_rate, conversion_rate AS purchase_rate, ordered_purchase_rate
FROM segment_rates
WHERE dimension = 'device' AND sessions >= :least_device_sessions
ORDER BY sessions DESC, segment
