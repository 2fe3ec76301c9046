-- title: Attribution
-- description: The credit of each channel, a utm_source, for each order under each model, and its share of the revenue: first_click,
--   last_click, last_non_direct_click, linear, position_based, time_decay and markov. The credits of an order sum to 1 and
--   its revenue to the order's, to the cent. An order without a touch is 'direct' under every model. As a touch has a
--   utm_source here, none is direct, and the last click is the last that is not direct.
-- grain: one row per order, model and channel
-- key: order_key, model, channel
-- materialize: view
-- export: parquet
-- omit: client_key
SELECT client_key, order_key, order_id, model, channel, event_date, credit, credit_millionths, revenue_cents
FROM attribution_credits
WHERE dimension = 'utm_source'
