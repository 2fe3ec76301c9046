-- title: Users
-- description: One row per client_id, which is a cookie: a person with two devices is two users, and nothing is guessed.
-- grain: one row per client
-- key: client_key
-- cluster: client_key
-- distribute: client_key
-- export: parquet
WITH totals AS (
    SELECT
        client_key,
        MIN(started_at_ms) AS first_seen_at_ms,
        MAX(ended_at_ms) AS last_seen_at_ms,
        COUNT(*) AS session_count,
        CAST(SUM(event_count) AS BIGINT) AS event_count,
        CAST(SUM(purchase_count) AS BIGINT) AS order_count,
        CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents,
        MAX(is_bot) AS is_bot
    FROM sessions
    GROUP BY client_key
)

SELECT
    totals.client_key,
    sessions.client_id,
    sessions.session_date AS first_seen_date,
    totals.first_seen_at_ms,
    totals.last_seen_at_ms,
    totals.session_count,
    totals.event_count,
    totals.order_count,
    totals.revenue_cents,
    sessions.channel AS first_channel,
    sessions.device_type AS first_device_type,
    totals.is_bot
FROM totals
JOIN sessions ON
    sessions.client_key = totals.client_key
    AND sessions.session_number = 1
