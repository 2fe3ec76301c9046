-- title: Fields that an event should have
-- description: What the payloads of each step of the funnel should say, over all days: a field that was never there goes missing on no day.
-- severity: info
-- format: observed percent 1, expected percent 1
-- needs: carts, checkouts or purchases
-- defect: missing_items:all
-- defect: missing_currency:all
-- message: {observed} of the {population} {events} have no {field}: {what_is_lost}.
-- cause: The tag does not send it.
-- remedy: Have the tag send it, if you want to know.
-- param max_fieldless_rate: 0.5
WITH fields (kind, events, field, what_is_lost) AS (
    VALUES
        ('cart', 'cart events', 'payload', 'which products are put into carts is not known'),
        ('checkout', 'checkout events', 'payload', 'which products reach the checkout is not known'),
        ('purchase', 'purchases', 'items', 'what was bought is not known'),
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

measured AS (
    SELECT kind, 'payload' AS field, event_count AS population, no_payload AS missing FROM steps
    UNION ALL
    SELECT 'purchase', 'items', order_count, no_items FROM asked_orders
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
