-- title: Uses of order ids
-- description: Each purchase with an order id, and the earliest one of that id that says the same: the same payload, or the same customer,
--   amount, currency and items, read alike though written otherwise (keys in another order, other spaces). Without an
--   amount only the same payload is the same: there is too little to compare.
-- grain: one row per purchase event with an order id
-- key: event_id
WITH alike AS (
    SELECT
        event_id,
        order_id,
        payload_key,
        item_count,
        revenue_cents,
        FIRST_VALUE(event_id) OVER same_order AS first_event_id,
        FIRST_VALUE(payload_key) OVER same_order AS first_payload_key
    FROM purchase_records
    WHERE order_id IS NOT NULL
    WINDOW same_order AS (PARTITION BY order_id, revenue_cents, customer_key, currency, item_count ORDER BY event_id)
),

-- Of payloads that differ from the first one's: how many items are the first one's.
same_items AS (
    SELECT alike.event_id, COUNT(*) AS item_count
    FROM alike
    JOIN item_amounts AS items ON items.event_id = alike.event_id
    JOIN item_amounts AS first_items ON first_items.event_id = alike.first_event_id AND first_items.item_number = items.item_number
    WHERE
        alike.payload_key <> alike.first_payload_key
        AND COALESCE(items.product_id, '') = COALESCE(first_items.product_id, '')
        AND COALESCE(items.product_name, '') = COALESCE(first_items.product_name, '')
        AND COALESCE(items.variant, '') = COALESCE(first_items.variant, '')
        AND COALESCE(items.quantity, -1) = COALESCE(first_items.quantity, -1)
        AND COALESCE(items.price_cents, -1) = COALESCE(first_items.price_cents, -1)
    GROUP BY alike.event_id
)

SELECT
    alike.event_id,
    alike.order_id,
    alike.payload_key,
    CASE
        WHEN alike.revenue_cents IS NOT NULL AND COALESCE(same_items.item_count, 0) = alike.item_count THEN alike.first_event_id
        ELSE MIN(alike.event_id) OVER (PARTITION BY alike.order_id, alike.payload_key)
    END AS original_event_id
FROM alike
LEFT JOIN same_items ON same_items.event_id = alike.event_id
