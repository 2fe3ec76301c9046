-- title: Revenue is the same however it is counted
-- description: The sum of the purchases as they were loaded, exact duplicates left out, equals the revenue by order, by session,
--   by user, by item and by first and last click, to the cent.
-- severity: critical
-- message: revenue by {subject} is {observed} cents; the purchases as loaded add up to {expected}.
WITH purchase_copies AS (
    SELECT MIN(raw_events.event_id) AS event_id
    FROM raw_events
    JOIN event_taxonomy ON event_taxonomy.raw_event_name = raw_events.event_name
    WHERE event_taxonomy.event_kind = 'purchase'
    GROUP BY
        CASE WHEN raw_events.has_client = 1 THEN raw_events.client_key ELSE 0 END, raw_events.occurred_at_ms,
        raw_events.file_id, raw_events.raw_timestamp, raw_events.event_name, raw_events.page_key,
        raw_events.referrer_key, raw_events.payload_key
),

loaded AS (
    SELECT COALESCE(CAST(SUM(order_amounts.revenue_cents) AS BIGINT), 0) AS revenue_cents
    FROM purchase_copies
    JOIN order_amounts ON order_amounts.event_id = purchase_copies.event_id
),

sessionless AS (
    SELECT COALESCE(CAST(SUM(revenue_cents) AS BIGINT), 0) AS revenue_cents FROM orders WHERE session_number IS NULL
),

measured AS (
    SELECT 'order' AS subject, COALESCE(CAST(SUM(revenue_cents) AS BIGINT), 0) AS revenue_cents FROM orders
    UNION ALL
    SELECT 'session', COALESCE(CAST(SUM(sessions.revenue_cents) AS BIGINT), 0) + MAX(sessionless.revenue_cents)
    FROM sessionless
    LEFT JOIN sessions ON 1 = 1
    UNION ALL
    SELECT 'user', COALESCE(CAST(SUM(users.revenue_cents) AS BIGINT), 0) + MAX(sessionless.revenue_cents)
    FROM sessionless
    LEFT JOIN users ON 1 = 1
    UNION ALL
    SELECT 'item', COALESCE(CAST(SUM(revenue_cents) AS BIGINT), 0) FROM order_items
    UNION ALL
    SELECT 'first and last click', COALESCE(CAST(SUM(revenue_cents) AS BIGINT), 0) FROM purchase_attribution
)

SELECT
    measured.subject,
    1 AS population,
    measured.revenue_cents AS observed,
    loaded.revenue_cents AS expected,
    CASE WHEN measured.revenue_cents = loaded.revenue_cents THEN 1 ELSE 0 END AS passed
FROM measured
CROSS JOIN loaded
ORDER BY measured.subject

-- samples
WITH by_item AS (
    SELECT order_key, CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents FROM order_items GROUP BY order_key
),

by_click AS (
    SELECT order_key, COUNT(*) AS row_count, CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents FROM purchase_attribution GROUP BY order_key
)

SELECT orders.order_key, orders.revenue_cents, by_item.revenue_cents AS item_cents, by_click.revenue_cents AS click_cents
FROM orders
LEFT JOIN by_item ON by_item.order_key = orders.order_key
LEFT JOIN by_click ON by_click.order_key = orders.order_key
WHERE
    orders.revenue_cents <> COALESCE(by_item.revenue_cents, 0)
    OR orders.revenue_cents <> COALESCE(by_click.revenue_cents, 0)
ORDER BY orders.order_key
LIMIT 3
