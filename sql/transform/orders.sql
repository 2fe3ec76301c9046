-- title: Orders
-- description: One row per purchase event that was kept. Revenue is the payload's, not multiplied by anything; where it is missing
--   or unreadable the order counts with 0 and revenue_status says why. An order id that comes again with another
--   payload is another order: dropping it would delete revenue. order_key tells them apart: the id, then id#2 and so on;
--   the record's file and line where there is no id, or where id#2 is the id of another. The device is that of
--   the session's first event, as in sessions; without a session, that of the purchase itself.
-- grain: one row per kept purchase event
-- key: order_key
-- cluster: client_key, occurred_at_ms, event_id
-- distribute: client_key
-- export: parquet
-- omit: client_key, customer_key
WITH purchases AS (
    SELECT
        event_stream.*,
        raw_orders.order_id,
        raw_orders.revenue_cents,
        COALESCE(raw_orders.revenue_status, 'missing') AS revenue_status,
        raw_orders.currency,
        raw_orders.customer_key,
        COALESCE(raw_orders.item_count, 0) AS item_count,
        ROW_NUMBER() OVER (
            PARTITION BY raw_orders.order_id
            ORDER BY event_stream.event_id
        ) AS use_of_id
    FROM event_stream
    LEFT JOIN raw_orders ON raw_orders.event_id = event_stream.event_id
    WHERE event_stream.event_kind = 'purchase'
),

ids_with_number AS (
    SELECT DISTINCT order_id
    FROM raw_orders
    WHERE order_id LIKE '%#%'
)

SELECT
    purchases.client_key,
    purchases.occurred_at_ms,
    purchases.event_id,
    CASE
        WHEN purchases.use_of_id = 1 AND purchases.order_id IS NOT NULL THEN purchases.order_id
        WHEN purchases.order_id IS NULL OR ids_with_number.order_id IS NOT NULL
            THEN input_files.file_name || ':' || CAST(purchases.line_number AS TEXT)
        ELSE purchases.order_id || '#' || CAST(purchases.use_of_id AS TEXT)
    END AS order_key,
    purchases.order_id,
    clients.client_id,
    NULLIF(purchases.session_number, 0) AS session_number,
    purchases.has_time,
    purchases.event_date,
    COALESCE(purchases.revenue_cents, 0) AS revenue_cents,
    purchases.revenue_status,
    purchases.currency,
    purchases.customer_key,
    purchases.item_count,
    COALESCE(devices.device_type, 'unknown') AS device_type,
    COALESCE(devices.is_bot, 0) AS is_bot
FROM purchases
JOIN input_files ON input_files.file_id = purchases.file_id
LEFT JOIN clients ON clients.client_key = purchases.client_key
LEFT JOIN ids_with_number ON ids_with_number.order_id = purchases.order_id || '#' || CAST(purchases.use_of_id AS TEXT)
LEFT JOIN event_stream AS session_starts ON
    session_starts.client_key = purchases.client_key
    AND session_starts.session_number = purchases.session_number
    AND session_starts.is_session_start = 1
LEFT JOIN devices ON devices.user_agent_key =
    CASE WHEN purchases.session_number = 0 THEN purchases.user_agent_key ELSE session_starts.user_agent_key END
