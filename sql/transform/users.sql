-- title: Users
-- description: One row per client_id, which is a cookie: a person with two devices is two users, and nothing is guessed. A user's
--   cohort is the week of the first visit that the export holds: who came before its first day is not known. A client of whom
--   no event has a readable time has made no visit, and is not here.
-- grain: one row per client
-- key: client_key
-- cluster: client_key
-- distribute: client_key
-- incremental: client_key
-- export: parquet
-- omit: client_key
WITH later_visits AS (
    SELECT
        client_key,
        MAX(ended_at_ms) AS ended_at_ms,
        COUNT(*) AS session_count,
        CAST(SUM(event_count) AS BIGINT) AS event_count,
        CAST(SUM(purchase_count) AS BIGINT) AS order_count,
        CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents,
        MAX(furthest_step) AS furthest_step,
        MAX(is_bot) AS is_bot
    FROM sessions
    WHERE session_number > 1
    GROUP BY client_key
),

first_purchases AS (
    SELECT client_key, MIN(occurred_at_ms) AS first_purchase_at_ms
    FROM orders
    WHERE session_number IS NOT NULL
    GROUP BY client_key
)

SELECT
    first_visits.client_key,
    first_visits.client_id,
    first_visits.session_date AS first_seen_date,
    calendar.iso_week AS cohort_week,
    first_visits.started_at_ms AS first_seen_at_ms,
    COALESCE(later_visits.ended_at_ms, first_visits.ended_at_ms) AS last_seen_at_ms,
    1 + COALESCE(later_visits.session_count, 0) AS session_count,
    first_visits.event_count + COALESCE(later_visits.event_count, 0) AS event_count,
    first_visits.purchase_count + COALESCE(later_visits.order_count, 0) AS order_count,
    first_visits.revenue_cents + COALESCE(later_visits.revenue_cents, 0) AS revenue_cents,
    first_purchases.first_purchase_at_ms,
    -- Whole days of 24 hours.
    CAST((first_purchases.first_purchase_at_ms - first_visits.started_at_ms
        - (first_purchases.first_purchase_at_ms - first_visits.started_at_ms) % 86400000) / 86400000 AS BIGINT) AS days_to_first_purchase,
    first_visits.channel AS first_channel,
    first_visits.channel_group AS first_channel_group,
    first_visits.device_type AS first_device_type,
    CASE WHEN later_visits.furthest_step > first_visits.furthest_step THEN later_visits.furthest_step ELSE first_visits.furthest_step END AS furthest_step,
    CASE WHEN later_visits.is_bot > first_visits.is_bot THEN later_visits.is_bot ELSE first_visits.is_bot END AS is_bot
FROM sessions AS first_visits
LEFT JOIN later_visits ON later_visits.client_key = first_visits.client_key
LEFT JOIN first_purchases ON first_purchases.client_key = first_visits.client_key
LEFT JOIN calendar ON calendar.event_date = first_visits.session_date
WHERE first_visits.session_number = 1
