-- title: Daily metrics
-- description: Everything that monitoring watches, by day, overall and by segment: numerator of denominator (1 for counts and money).
--   unit_count is the orders that a sum of money is made of. Visits are those of people: bots have a metric of their own.
--   Of channels and event names the largest are named, the rest is 'other'.
-- grain: one row per day, metric and segment in which something was counted
-- key: metric, segment_kind, segment, event_date
-- cluster: metric, segment_kind, segment, event_date
-- param named_segments: 8
WITH event_names AS (
    SELECT event_name, ROW_NUMBER() OVER (ORDER BY SUM(event_count) DESC, event_name) AS name_rank
    FROM hourly_events
    GROUP BY event_name
),

event_cells AS (
    SELECT
        hourly_events.event_date,
        CASE WHEN event_names.name_rank <= 2 * :named_segments THEN hourly_events.event_name ELSE 'other' END AS event_name,
        hourly_events.device_type,
        CAST(SUM(hourly_events.event_count) AS BIGINT) AS event_count,
        CAST(SUM(CASE WHEN hourly_events.has_client = 0 THEN hourly_events.event_count ELSE 0 END) AS BIGINT) AS clientless_count,
        CAST(SUM(CASE WHEN hourly_events.event_kind = 'unknown' THEN hourly_events.event_count ELSE 0 END) AS BIGINT) AS unknown_count,
        CAST(SUM(hourly_events.near_duplicate_count) AS BIGINT) AS near_duplicate_count,
        CAST(SUM(hourly_events.payload_count) AS BIGINT) AS payload_count,
        CAST(SUM(hourly_events.payload_error_count) AS BIGINT) AS payload_error_count
    FROM hourly_events
    JOIN event_names ON event_names.event_name = hourly_events.event_name
    GROUP BY
        hourly_events.event_date,
        CASE WHEN event_names.name_rank <= 2 * :named_segments THEN hourly_events.event_name ELSE 'other' END,
        hourly_events.device_type
),

event_segments AS (
    SELECT event_cells.*, 'all' AS segment_kind, 'all' AS segment
    FROM event_cells
    UNION ALL
    SELECT event_cells.*, 'event', event_name
    FROM event_cells
    UNION ALL
    SELECT event_cells.*, 'device', device_type
    FROM event_cells
),

event_days AS (
    SELECT
        event_date,
        segment_kind,
        segment,
        CAST(SUM(event_count) AS BIGINT) AS event_count,
        CAST(SUM(clientless_count) AS BIGINT) AS clientless_count,
        CAST(SUM(unknown_count) AS BIGINT) AS unknown_count,
        CAST(SUM(near_duplicate_count) AS BIGINT) AS near_duplicate_count,
        CAST(SUM(payload_count) AS BIGINT) AS payload_count,
        CAST(SUM(payload_error_count) AS BIGINT) AS payload_error_count
    FROM event_segments
    GROUP BY event_date, segment_kind, segment
),

copies AS (
    SELECT
        COALESCE(raw_events.event_date, input_files.file_date, 'undated') AS event_date,
        COUNT(*) AS copy_count
    FROM duplicates
    CROSS JOIN raw_events -- so that SQLite looks up the few that are copies
    JOIN input_files ON input_files.file_id = raw_events.file_id
    WHERE raw_events.event_id = duplicates.event_id
    GROUP BY COALESCE(raw_events.event_date, input_files.file_date, 'undated')
),

visit_cells AS (
    SELECT
        session_date AS event_date,
        channel,
        device_type,
        is_bot,
        CAST(SUM(sessions) AS BIGINT) AS session_count,
        CAST(SUM(referred_sessions) AS BIGINT) AS referred_count,
        CAST(SUM(cart_sessions) AS BIGINT) AS cart_count,
        CAST(SUM(checkout_sessions) AS BIGINT) AS checkout_count,
        CAST(SUM(buying_sessions) AS BIGINT) AS buyer_count,
        CAST(SUM(completed_sessions) AS BIGINT) AS completed_count
    FROM session_counts
    GROUP BY session_date, channel, device_type, is_bot
),

channels AS (
    SELECT channel, ROW_NUMBER() OVER (ORDER BY SUM(session_count) DESC, channel) AS channel_rank
    FROM visit_cells
    WHERE is_bot = 0
    GROUP BY channel
),

visit_segments AS (
    SELECT visit_cells.*, 'all' AS segment_kind, 'all' AS segment
    FROM visit_cells
    WHERE is_bot = 0
    UNION ALL
    SELECT visit_cells.*, 'device', device_type
    FROM visit_cells
    WHERE is_bot = 0
    UNION ALL
    SELECT visit_cells.*, 'channel', CASE WHEN channels.channel_rank <= :named_segments THEN visit_cells.channel ELSE 'other' END
    FROM visit_cells
    JOIN channels ON channels.channel = visit_cells.channel
    WHERE visit_cells.is_bot = 0
),

visit_days AS (
    SELECT
        event_date,
        segment_kind,
        segment,
        CAST(SUM(session_count) AS BIGINT) AS session_count,
        CAST(SUM(referred_count) AS BIGINT) AS referred_count,
        CAST(SUM(cart_count) AS BIGINT) AS cart_count,
        CAST(SUM(checkout_count) AS BIGINT) AS checkout_count,
        CAST(SUM(buyer_count) AS BIGINT) AS buyer_count,
        CAST(SUM(completed_count) AS BIGINT) AS completed_count,
        CAST(SUM(CASE WHEN channel = 'direct' THEN session_count ELSE 0 END) AS BIGINT) AS direct_count
    FROM visit_segments
    GROUP BY event_date, segment_kind, segment
),

visit_totals AS (
    SELECT event_date, session_count
    FROM visit_days
    WHERE segment_kind = 'all'
),

order_cells AS (
    SELECT
        orders.event_date,
        orders.device_type,
        purchase_attribution.last_click_channel AS channel,
        COUNT(*) AS order_count,
        CAST(SUM(orders.revenue_cents) AS BIGINT) AS revenue_cents,
        COUNT(CASE WHEN orders.revenue_status <> 'ok' THEN 1 END) AS unpriced_count,
        COUNT(CASE WHEN orders.order_id IS NOT NULL AND orders.order_key <> orders.order_id THEN 1 END) AS repeated_count,
        COUNT(CASE WHEN purchase_attribution.conversion_type = 'assisted' THEN 1 END) AS assisted_count
    FROM orders
    JOIN purchase_attribution ON purchase_attribution.order_key = orders.order_key
    GROUP BY orders.event_date, orders.device_type, purchase_attribution.last_click_channel
),

order_segments AS (
    SELECT order_cells.*, 'all' AS segment_kind, 'all' AS segment
    FROM order_cells
    UNION ALL
    SELECT order_cells.*, 'device', device_type
    FROM order_cells
    UNION ALL
    SELECT order_cells.*, 'channel', CASE WHEN channels.channel_rank <= :named_segments THEN order_cells.channel ELSE 'other' END
    FROM order_cells
    LEFT JOIN channels ON channels.channel = order_cells.channel
),

order_days AS (
    SELECT
        event_date,
        segment_kind,
        segment,
        CAST(SUM(order_count) AS BIGINT) AS order_count,
        CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents,
        CAST(SUM(unpriced_count) AS BIGINT) AS unpriced_count,
        CAST(SUM(repeated_count) AS BIGINT) AS repeated_count,
        CAST(SUM(assisted_count) AS BIGINT) AS assisted_count
    FROM order_segments
    GROUP BY event_date, segment_kind, segment
),

product_days AS (
    SELECT
        event_date,
        COALESCE(product_id, product_name) AS product,
        CAST(SUM(COALESCE(quantity, 1)) AS BIGINT) AS unit_count
    FROM order_items
    WHERE COALESCE(quantity, 1) > 0
        AND COALESCE(product_id, product_name) IS NOT NULL
    GROUP BY event_date, COALESCE(product_id, product_name)
),

touch_days AS (
    SELECT
        event_date,
        COUNT(*) AS touch_count,
        COUNT(CASE WHEN utm_medium <> '' AND utm_campaign <> '' THEN 1 END) AS tagged_count
    FROM touchpoints
    GROUP BY event_date
),

field_days AS (
    SELECT
        payload_field_counts.event_date,
        COALESCE(event_taxonomy.event_name, payload_field_counts.event_name) || ' ' || payload_field_counts.field_path AS field,
        COALESCE(event_taxonomy.event_name, payload_field_counts.event_name)
        || CASE WHEN LOWER(payload_field_counts.field_path) LIKE 'items[].%' THEN ' items[]' ELSE ' ' END AS holder,
        CAST(SUM(CASE WHEN payload_field_counts.state = 'value' THEN payload_field_counts.value_count ELSE 0 END) AS BIGINT) AS value_count
    FROM payload_field_counts
    LEFT JOIN event_taxonomy ON event_taxonomy.raw_event_name = payload_field_counts.event_name
    WHERE payload_field_counts.event_date <> ''
    GROUP BY
        payload_field_counts.event_date,
        COALESCE(event_taxonomy.event_name, payload_field_counts.event_name) || ' ' || payload_field_counts.field_path,
        COALESCE(event_taxonomy.event_name, payload_field_counts.event_name)
        || CASE WHEN LOWER(payload_field_counts.field_path) LIKE 'items[].%' THEN ' items[]' ELSE ' ' END
),

-- A field of which there is none on a day has no row: it is asked of every day on which its payloads came. How many items an order has
-- is no rate.
fields AS (
    SELECT field, holder
    FROM field_days
    WHERE field <> holder
        AND LOWER(field) NOT LIKE '%[]'
    GROUP BY field, holder
)

SELECT 'events' AS metric, segment_kind, segment, event_date, event_count AS numerator, 1 AS denominator, 0 AS unit_count
FROM event_days
UNION ALL
SELECT 'null_client', segment_kind, segment, event_date, clientless_count, event_count, 0
FROM event_days
UNION ALL
SELECT 'near_duplicates', segment_kind, segment, event_date, near_duplicate_count, event_count, 0
FROM event_days
WHERE segment_kind <> 'device'
UNION ALL
SELECT 'unknown_events', segment_kind, segment, event_date, unknown_count, event_count, 0
FROM event_days
WHERE segment_kind = 'all'
UNION ALL
SELECT 'payload_errors', segment_kind, segment, event_date, payload_error_count, payload_count, 0
FROM event_days
WHERE segment_kind <> 'device' AND payload_count > 0
UNION ALL
SELECT 'duplicates', 'all', 'all', event_days.event_date, COALESCE(copies.copy_count, 0), event_days.event_count + COALESCE(copies.copy_count, 0), 0
FROM event_days
LEFT JOIN copies ON copies.event_date = event_days.event_date
WHERE event_days.segment_kind = 'all'
UNION ALL
SELECT 'rejected_rows', 'all', 'all', file_date, CAST(SUM(rejected_count) AS BIGINT), CAST(SUM(record_count) AS BIGINT), 0
FROM input_files
WHERE file_date IS NOT NULL
GROUP BY file_date
UNION ALL
SELECT 'payload_fields', 'field', fields.field, holders.event_date, COALESCE(field_days.value_count, 0), holders.value_count, 0
FROM fields
JOIN field_days AS holders ON holders.field = fields.holder
LEFT JOIN field_days ON
    field_days.field = fields.field
    AND field_days.event_date = holders.event_date
WHERE holders.value_count > 0
UNION ALL
SELECT 'sessions', segment_kind, segment, event_date, session_count, 1, 0
FROM visit_days
UNION ALL
SELECT 'cart_rate', segment_kind, segment, event_date, cart_count, session_count, 0
FROM visit_days
UNION ALL
SELECT 'checkout_rate', segment_kind, segment, event_date, checkout_count, session_count, 0
FROM visit_days
UNION ALL
SELECT 'conversion_rate', segment_kind, segment, event_date, buyer_count, session_count, 0
FROM visit_days
UNION ALL
SELECT 'checkout_completion', segment_kind, segment, event_date, completed_count, checkout_count, 0
FROM visit_days
WHERE segment_kind <> 'channel' AND checkout_count > 0
UNION ALL
SELECT 'direct_share', segment_kind, segment, event_date, direct_count, session_count, 0
FROM visit_days
WHERE segment_kind <> 'channel'
UNION ALL
SELECT CASE visit_days.segment_kind WHEN 'device' THEN 'device_share' ELSE 'channel_share' END, visit_days.segment_kind, visit_days.segment, visit_days.event_date, visit_days.session_count, visit_totals.session_count, 0
FROM visit_days
JOIN visit_totals ON visit_totals.event_date = visit_days.event_date
WHERE visit_days.segment_kind <> 'all'
UNION ALL
SELECT 'referrer_coverage', segment_kind, segment, event_date, referred_count, session_count, 0
FROM visit_days
WHERE segment_kind <> 'channel'
UNION ALL
SELECT 'bot_share', 'all', 'all', event_date, CAST(SUM(CASE WHEN is_bot = 1 THEN session_count ELSE 0 END) AS BIGINT), CAST(SUM(session_count) AS BIGINT), 0
FROM visit_cells
GROUP BY event_date
UNION ALL
SELECT 'campaign_tags', 'all', 'all', event_date, tagged_count, touch_count, 0
FROM touch_days
UNION ALL
SELECT 'orders', segment_kind, segment, event_date, order_count, 1, 0
FROM order_days
UNION ALL
SELECT 'revenue', segment_kind, segment, event_date, revenue_cents, 1, order_count
FROM order_days
UNION ALL
SELECT 'order_value', segment_kind, segment, event_date, revenue_cents, order_count, order_count
FROM order_days
UNION ALL
SELECT 'unpriced_orders', 'all', 'all', event_date, unpriced_count, order_count, 0
FROM order_days
WHERE segment_kind = 'all'
UNION ALL
SELECT 'repeated_orders', 'all', 'all', event_date, repeated_count, order_count, 0
FROM order_days
WHERE segment_kind = 'all'
UNION ALL
SELECT 'assisted_share', 'all', 'all', event_date, assisted_count, order_count, 0
FROM order_days
WHERE segment_kind = 'all'
UNION ALL
SELECT 'top_product_share', 'all', 'all', event_date, MAX(unit_count), CAST(SUM(unit_count) AS BIGINT), 0
FROM product_days
GROUP BY event_date
