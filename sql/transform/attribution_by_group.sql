-- title: Attribution by channel group
-- description: As attribution, by the channel groups of the buyer's visits: every visit is a touch, direct ones too, and only
--   last_non_direct_click passes over those.
-- grain: one row per order, model and channel group
-- key: order_key, model, channel
-- materialize: view
-- export: parquet
-- omit: client_key
SELECT client_key, order_key, order_id, model, channel, event_date, credit, credit_millionths, revenue_cents
FROM attribution_credits
WHERE dimension = 'channel_group'
