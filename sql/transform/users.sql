-- title: Users
-- description: One row per client_id, which is a cookie: a person with two devices is two users, and nothing is guessed. A user's
--   cohort is the week of the first visit that the export holds: who came before its first day is not known. A client of whom
--   no event has a readable time has made no visit, and is not here.
-- grain: one row per client
-- key: client_key
-- cluster: client_key
-- distribute: client_key
-- export: parquet
-- omit: client_key
WITH totals AS (
    SELECT
        client_key,
        MIN(client_id) AS client_id,
        MIN(CASE WHEN session_number = 1 THEN session_date END) AS first_seen_date,
        MIN(started_at_ms) AS first_seen_at_ms,
        MAX(ended_at_ms) AS last_seen_at_ms,
        COUNT(*) AS session_count,
        CAST(SUM(event_count) AS BIGINT) AS event_count,
        CAST(SUM(purchase_count) AS BIGINT) AS order_count,
        CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents,
        MIN(CASE WHEN session_number = 1 THEN channel END) AS first_channel,
        MIN(CASE WHEN session_number = 1 THEN channel_group END) AS first_channel_group,
        MIN(CASE WHEN session_number = 1 THEN device_type END) AS first_device_type,
        MAX(furthest_step) AS furthest_step,
        MAX(is_bot) AS is_bot
    FROM sessions
    GROUP BY client_key
),

first_purchases AS (
    SELECT client_key, MIN(occurred_at_ms) AS first_purchase_at_ms
    FROM orders
    WHERE session_number IS NOT NULL
    GROUP BY client_key
)

SELECT
    totals.client_key,
    totals.client_id,
    totals.first_seen_date,
    calendar.iso_week AS cohort_week,
    totals.first_seen_at_ms,
    totals.last_seen_at_ms,
    totals.session_count,
    totals.event_count,
    totals.order_count,
    totals.revenue_cents,
    first_purchases.first_purchase_at_ms,
    -- Whole days of 24 hours.
    CAST((first_purchases.first_purchase_at_ms - totals.first_seen_at_ms
        - (first_purchases.first_purchase_at_ms - totals.first_seen_at_ms) % 86400000) / 86400000 AS BIGINT) AS days_to_first_purchase,
    totals.first_channel,
    totals.first_channel_group,
    totals.first_device_type,
    totals.furthest_step,
    totals.is_bot
FROM totals
LEFT JOIN first_purchases ON first_purchases.client_key = totals.client_key
LEFT JOIN calendar ON calendar.event_date = totals.first_seen_date
