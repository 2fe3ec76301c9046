-- title: Sessions
-- description: One row per visit: a client's events with no silence longer than the timeout. A session belongs to the day it
--   starts. Its channel is the last non-empty utm_source inside it, else direct; its device that of its first event.
-- grain: one row per client and session_number
-- key: client_key, session_number
-- cluster: client_key, session_number
-- distribute: client_key
-- export: parquet
WITH totals AS (
    SELECT
        client_key,
        session_number,
        MIN(occurred_at_ms) AS started_at_ms,
        MAX(occurred_at_ms) AS ended_at_ms,
        COUNT(*) AS event_count,
        COUNT(CASE WHEN event_kind = 'page_view' THEN 1 END) AS page_view_count,
        COUNT(CASE WHEN event_kind = 'cart' THEN 1 END) AS cart_count,
        COUNT(CASE WHEN event_kind = 'checkout' THEN 1 END) AS checkout_count,
        COUNT(CASE WHEN event_kind = 'purchase' THEN 1 END) AS purchase_count
    FROM event_stream
    WHERE session_number IS NOT NULL
    GROUP BY client_key, session_number
),

first_events AS (
    SELECT client_key, session_number, event_date, page_key, referrer_key, user_agent_key
    FROM event_stream
    WHERE is_session_start = 1
),

ordered_touches AS (
    SELECT
        client_key,
        session_number,
        channel,
        ROW_NUMBER() OVER (
            PARTITION BY client_key, session_number
            ORDER BY occurred_at_ms DESC, event_id DESC
        ) AS touch_from_last
    FROM touchpoints
),

revenues AS (
    SELECT client_key, session_number, CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents
    FROM orders
    WHERE session_number IS NOT NULL
    GROUP BY client_key, session_number
)

SELECT
    totals.client_key,
    totals.session_number,
    clients.client_id,
    first_events.event_date AS session_date,
    totals.started_at_ms,
    totals.ended_at_ms,
    totals.ended_at_ms - totals.started_at_ms AS duration_milliseconds,
    totals.event_count,
    totals.page_view_count,
    totals.cart_count,
    totals.checkout_count,
    totals.purchase_count,
    COALESCE(revenues.revenue_cents, 0) AS revenue_cents,
    CASE WHEN totals.event_count = 1 THEN 1 ELSE 0 END AS is_bounce,
    CASE WHEN totals.session_number = 1 THEN 1 ELSE 0 END AS is_new_user,
    pages.host AS landing_host,
    pages.path AS landing_path,
    referrers.referrer_host,
    COALESCE(ordered_touches.channel, 'direct') AS channel,
    COALESCE(devices.device_type, 'unknown') AS device_type,
    COALESCE(devices.is_bot, 0) AS is_bot
FROM totals
JOIN clients ON clients.client_key = totals.client_key
JOIN first_events ON
    first_events.client_key = totals.client_key
    AND first_events.session_number = totals.session_number
LEFT JOIN revenues ON
    revenues.client_key = totals.client_key
    AND revenues.session_number = totals.session_number
LEFT JOIN ordered_touches ON
    ordered_touches.client_key = totals.client_key
    AND ordered_touches.session_number = totals.session_number
    AND ordered_touches.touch_from_last = 1
LEFT JOIN pages ON pages.page_key = first_events.page_key
LEFT JOIN referrers ON referrers.referrer_key = first_events.referrer_key
LEFT JOIN devices ON devices.user_agent_key = first_events.user_agent_key
