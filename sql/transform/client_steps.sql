-- title: Clients and the steps they took
-- description: Each client with how far it came and what it is, for the quality checks: does everybody who buys have a checkout, is it a
--   bot, did it do anything at all.
-- grain: one row per client with a client id
-- key: client_key
-- cluster: client_key
WITH kinds AS (
    SELECT raw_event_name, event_kind FROM event_taxonomy
),

first_events AS (
    SELECT client_key, referrer_key, user_agent_key, ROW_NUMBER() OVER (PARTITION BY client_key ORDER BY occurred_at_ms, event_id) AS event_rank
    FROM event_order
    WHERE has_client = 1
),

counted AS (
    SELECT
        event_order.client_key,
        COUNT(*) AS event_count,
        COUNT(CASE WHEN kinds.event_kind IN ('page_view', 'product_view') THEN 1 END) AS view_count,
        COUNT(CASE WHEN kinds.event_kind = 'cart' THEN 1 END) AS cart_count,
        COUNT(CASE WHEN kinds.event_kind = 'checkout' THEN 1 END) AS checkout_count,
        COUNT(CASE WHEN kinds.event_kind = 'purchase' THEN 1 END) AS purchase_count,
        MIN(event_order.event_date) AS first_date
    FROM event_order
    LEFT JOIN kinds ON kinds.raw_event_name = event_order.event_name
    WHERE event_order.has_client = 1
    GROUP BY event_order.client_key
)

SELECT
    counted.client_key,
    counted.event_count,
    counted.view_count,
    counted.cart_count,
    counted.checkout_count,
    counted.purchase_count,
    counted.first_date,
    first_events.referrer_key AS first_referrer_key,
    first_events.user_agent_key,
    COALESCE(devices.device_type, 'unknown') AS device_type,
    COALESCE(devices.is_bot, 0) AS is_bot,
    devices.bot_category
FROM counted
JOIN first_events ON first_events.client_key = counted.client_key AND first_events.event_rank = 1
LEFT JOIN devices ON devices.user_agent_key = first_events.user_agent_key
