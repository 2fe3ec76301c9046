-- title: Why revenue moved, by channel
-- description: Each channel's change of revenue against the week before, split into sessions, orders per session and order value (see
--   revenue_change). The changes add up to the overall one.
-- section: Why revenue moved
-- chart: stacked x=channel y=from_sessions,from_conversion,from_order_value
-- format: change money, from_sessions money, from_conversion money, from_order_value money
SELECT segment AS channel, change, from_sessions, from_conversion, from_order_value
FROM revenue_change
WHERE dimension = 'channel'
ORDER BY ABS(change) DESC, segment
