-- title: Sessions, counted
-- description: Sessions and what came of them by day, channel, device and kind of visitor: what reports add up, so that none of them
--   reads every session. orders counts every purchase; buying_sessions counts a session once.
-- grain: one row per day, channel, channel group, device, system, browser, new or returning, person or bot
-- key: session_date, channel, channel_group, device_type, operating_system, browser, is_new_user, is_bot
-- cluster: session_date, channel, channel_group, device_type, operating_system, browser, is_new_user, is_bot
-- incremental: session_date
-- effort: 6
SELECT
    sessions.session_date,
    sessions.channel,
    sessions.channel_group,
    sessions.device_type,
    sessions.operating_system,
    sessions.browser,
    sessions.is_new_user,
    sessions.is_bot,
    COUNT(*) AS sessions,
    CAST(SUM(sessions.event_count) AS BIGINT) AS events,
    CAST(SUM(sessions.is_bounce) AS BIGINT) AS bounces,
    COUNT(CASE WHEN sessions.product_view_count > 0 THEN 1 END) AS product_sessions,
    COUNT(CASE WHEN sessions.cart_count > 0 THEN 1 END) AS cart_sessions,
    COUNT(CASE WHEN sessions.checkout_count > 0 THEN 1 END) AS checkout_sessions,
    COUNT(CASE WHEN sessions.purchase_count > 0 THEN 1 END) AS buying_sessions,
    COUNT(CASE WHEN sessions.purchase_count > 0 AND sessions.checkout_count > 0 THEN 1 END) AS completed_sessions,
    COUNT(sessions.referrer_host) AS referred_sessions,
    CAST(COALESCE(SUM(session_funnels.reached_cart), 0) AS BIGINT) AS ordered_cart_sessions,
    CAST(COALESCE(SUM(session_funnels.reached_checkout), 0) AS BIGINT) AS ordered_checkout_sessions,
    CAST(COALESCE(SUM(session_funnels.reached_purchase), 0) AS BIGINT) AS ordered_buying_sessions,
    CAST(SUM(sessions.purchase_count) AS BIGINT) AS orders,
    CAST(SUM(sessions.revenue_cents) AS BIGINT) AS revenue_cents
FROM sessions
LEFT JOIN session_funnels ON
    session_funnels.client_key = sessions.client_key
    AND session_funnels.session_number = sessions.session_number
GROUP BY
    sessions.session_date,
    sessions.channel,
    sessions.channel_group,
    sessions.device_type,
    sessions.operating_system,
    sessions.browser,
    sessions.is_new_user,
    sessions.is_bot
