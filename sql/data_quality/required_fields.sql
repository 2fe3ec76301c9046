-- title: Fields that an event should have
-- description: What the payloads of each step of the funnel should say, over all days: a field that was never there goes missing on no day.
-- severity: info
-- format: observed percent 1, expected percent 1
-- needs: carts, checkouts or purchases
-- defect: missing_items:all
-- defect: missing_currency:all
-- defect: vanished_item_price:all
-- message: {observed} of the {population} {events} have no {field}: {what_is_lost}.
-- cause: The tag does not send it.
-- remedy: Have the tag send it, if you want to know.
-- param max_fieldless_rate: 0.5
-- param sample_rows: as in exact_duplicates
WITH fields (kind, events, field, what_is_lost) AS (
    VALUES
        ('cart', 'cart events', 'payload', 'which products are put into carts is not known'),
        ('checkout', 'checkout events', 'payload', 'which products reach the checkout is not known'),
        ('purchase', 'purchases', 'items', 'what was bought is not known'),
        ('purchase', 'purchases with items', 'item price', 'how the revenue divides among products is not known'),
        ('purchase', 'purchases', 'currency', 'all money is taken to be of one currency'),
        ('purchase', 'purchases', 'customer', 'orders of one customer under several ids are not told')
),

steps AS (
    SELECT event_taxonomy.event_kind AS kind, CAST(SUM(event_counts.event_count) AS BIGINT) AS event_count, CAST(SUM(event_counts.no_payload) AS BIGINT) AS no_payload
    FROM event_counts
    CROSS JOIN event_taxonomy -- so that SQLite reads the counts once, and looks each up among the few names
    WHERE event_taxonomy.raw_event_name = event_counts.event_name AND event_taxonomy.event_kind IN ('cart', 'checkout')
    GROUP BY event_taxonomy.event_kind
),

asked_orders AS (
    SELECT
        COUNT(*) AS order_count,
        COUNT(CASE WHEN item_count = 0 THEN 1 END) AS no_items,
        COUNT(*) - COUNT(currency) AS no_currency,
        COUNT(*) - COUNT(customer_key) AS no_customer
    FROM purchase_records
    WHERE revenue_status NOT IN ('no payload', 'unreadable') -- told by their payload already
),

orders_with_items AS (
    SELECT item_amounts.event_id, COUNT(item_amounts.price_cents) AS price_count
    FROM item_amounts
    JOIN purchase_records ON purchase_records.event_id = item_amounts.event_id
    GROUP BY item_amounts.event_id
),

measured AS (
    SELECT kind, 'payload' AS field, event_count AS population, no_payload AS missing FROM steps
    UNION ALL
    SELECT 'purchase', 'items', order_count, no_items FROM asked_orders
    UNION ALL
    SELECT 'purchase', 'item price', COUNT(*), COUNT(CASE WHEN price_count = 0 THEN 1 END) FROM orders_with_items
    UNION ALL
    SELECT 'purchase', 'currency', order_count, no_currency FROM asked_orders
    UNION ALL
    SELECT 'purchase', 'customer', order_count, no_customer FROM asked_orders
)

SELECT
    fields.kind || ' ' || fields.field AS subject,
    COALESCE(measured.population, 0) AS population,
    CASE WHEN measured.population > 0 THEN CAST(measured.missing AS DOUBLE PRECISION) / measured.population END AS observed,
    :max_fieldless_rate AS expected,
    CASE WHEN measured.missing <= :max_fieldless_rate * measured.population THEN 1 ELSE 0 END AS passed,
    fields.events,
    fields.field,
    fields.what_is_lost,
    CASE WHEN fields.kind <> 'purchase' THEN measured.missing END AS events_touched,
    CASE WHEN fields.kind = 'purchase' THEN measured.missing END AS orders_touched
FROM fields
LEFT JOIN measured ON measured.kind = fields.kind AND measured.field = fields.field
ORDER BY fields.kind, fields.field

-- samples
SELECT found.subject, event_lines.file_name, event_lines.line_number, found.what_lacks || ': ' || event_lines.what AS reason
FROM (
    SELECT carts.* FROM (
        SELECT 'cart payload' AS subject, event_id, 'no payload' AS what_lacks
        FROM raw_events
        WHERE event_name IN (SELECT raw_event_name FROM event_taxonomy WHERE event_kind = 'cart') AND payload_key IS NULL
        ORDER BY event_id
        LIMIT :sample_rows
    ) AS carts
    UNION ALL
    SELECT checkouts.* FROM (
        SELECT 'checkout payload', event_id, 'no payload'
        FROM raw_events
        WHERE event_name IN (SELECT raw_event_name FROM event_taxonomy WHERE event_kind = 'checkout') AND payload_key IS NULL
        ORDER BY event_id
        LIMIT :sample_rows
    ) AS checkouts
    UNION ALL
    SELECT without_items.* FROM (
        SELECT 'purchase items', event_id, 'no items'
        FROM purchase_records
        WHERE item_count = 0 AND revenue_status NOT IN ('no payload', 'unreadable')
        ORDER BY event_id
        LIMIT :sample_rows
    ) AS without_items
    UNION ALL
    SELECT without_price.* FROM (
        SELECT 'purchase item price', item_amounts.event_id, 'no price of an item'
        FROM item_amounts
        JOIN purchase_records ON purchase_records.event_id = item_amounts.event_id
        GROUP BY item_amounts.event_id
        HAVING COUNT(item_amounts.price_cents) = 0
        ORDER BY item_amounts.event_id
        LIMIT :sample_rows
    ) AS without_price
    UNION ALL
    SELECT without_currency.* FROM (
        SELECT 'purchase currency', event_id, 'no currency'
        FROM purchase_records
        WHERE currency IS NULL AND revenue_status NOT IN ('no payload', 'unreadable')
        ORDER BY event_id
        LIMIT :sample_rows
    ) AS without_currency
    UNION ALL
    SELECT without_customer.* FROM (
        SELECT 'purchase customer', event_id, 'no customer'
        FROM purchase_records
        WHERE customer_key IS NULL AND revenue_status NOT IN ('no payload', 'unreadable')
        ORDER BY event_id
        LIMIT :sample_rows
    ) AS without_customer
) AS found
JOIN event_lines ON event_lines.event_id = found.event_id
ORDER BY found.event_id, found.subject
