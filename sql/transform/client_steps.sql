-- title: Clients and the steps they took
-- description: Each client with how far it came and what it is, for the quality checks: does everybody who buys have a checkout, is it a
--   bot, did it do anything at all.
-- grain: one row per client with a client id
-- key: client_key
-- cluster: client_key
-- incremental: client_key
-- effort: 3
WITH counted AS (
    SELECT
        client_key,
        COUNT(*) AS event_count,
        COUNT(CASE WHEN event_kind IN ('page_view', 'product_view') THEN 1 END) AS view_count,
        COUNT(CASE WHEN event_kind = 'cart' THEN 1 END) AS cart_count,
        COUNT(CASE WHEN event_kind = 'checkout' THEN 1 END) AS checkout_count,
        COUNT(CASE WHEN event_kind = 'purchase' THEN 1 END) AS purchase_count,
        MIN(event_date) AS first_date,
        MIN(referrer_key) AS referrer_key,
        MIN(user_agent_key) AS user_agent_key
    FROM event_order
    WHERE has_client = 1
    GROUP BY client_key
),

-- Most clients have one event: only for the others it is looked up which was the first.
with_first AS (
    SELECT
        counted.client_key,
        counted.event_count,
        counted.view_count,
        counted.cart_count,
        counted.checkout_count,
        counted.purchase_count,
        counted.first_date,
        CASE
            WHEN counted.event_count = 1 THEN counted.referrer_key
            ELSE (SELECT referrer_key FROM event_order WHERE event_order.client_key = counted.client_key ORDER BY occurred_at_ms, event_id LIMIT 1)
        END AS first_referrer_key,
        CASE
            WHEN counted.event_count = 1 THEN counted.user_agent_key
            ELSE (SELECT user_agent_key FROM event_order WHERE event_order.client_key = counted.client_key ORDER BY occurred_at_ms, event_id LIMIT 1)
        END AS user_agent_key
    FROM counted
)

SELECT
    with_first.client_key,
    with_first.event_count,
    with_first.view_count,
    with_first.cart_count,
    with_first.checkout_count,
    with_first.purchase_count,
    with_first.first_date,
    with_first.first_referrer_key,
    with_first.user_agent_key,
    COALESCE(devices.device_type, 'unknown') AS device_type,
    COALESCE(devices.is_bot, 0) AS is_bot,
    devices.bot_category
FROM with_first
LEFT JOIN devices ON devices.user_agent_key = with_first.user_agent_key
