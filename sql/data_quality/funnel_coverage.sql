-- title: Steps of the funnel that are skipped
-- description: Buyers without a checkout or a page view, and checkouts without a cart: steps that people took and the tag did not see. Funnels
--   that want every step in order lose these people.
-- severity: warn
-- format: observed percent 1, expected percent 1
-- needs: purchases and checkouts of clients with an id
-- defect: purchases_without_checkouts:all
-- message: {clients} of {population} {population:client that is no known bot|clients that are no known bots} ({observed}) {what}.
-- cause: Express payments that go round the step, a step whose tag does not always fire, or an id that changes on the way.
-- remedy: Do not read step-by-step conversion as if every buyer took every step. Check the tag of the step that is skipped.
-- param max_skipped_rate: 0.3
-- param sample_rows: as in exact_duplicates
WITH totals AS (
    SELECT
        COUNT(CASE WHEN purchase_count > 0 THEN 1 END) AS buyers,
        COUNT(CASE WHEN purchase_count > 0 AND checkout_count = 0 THEN 1 END) AS buyers_without_checkout,
        COUNT(CASE WHEN purchase_count > 0 AND view_count = 0 THEN 1 END) AS buyers_without_view,
        COUNT(CASE WHEN checkout_count > 0 THEN 1 END) AS checkouts,
        COUNT(CASE WHEN checkout_count > 0 AND cart_count = 0 THEN 1 END) AS checkouts_without_cart,
        COALESCE(CAST(SUM(CASE WHEN checkout_count = 0 THEN purchase_count END) AS BIGINT), 0) AS orders_without_checkout,
        COALESCE(CAST(SUM(CASE WHEN view_count = 0 THEN purchase_count END) AS BIGINT), 0) AS orders_without_view,
        COALESCE(CAST(SUM(CASE WHEN cart_count = 0 THEN checkout_count END) AS BIGINT), 0) AS checkout_events_without_cart
    FROM client_steps
    WHERE is_bot = 0 AND checkout_count + purchase_count > 0
),

measured AS (
    SELECT 'purchases without a checkout' AS subject, 'bought without a checkout event' AS what, buyers AS population, buyers_without_checkout AS clients, CAST(NULL AS BIGINT) AS events_touched, orders_without_checkout AS orders_touched FROM totals
    UNION ALL
    SELECT 'purchases without a page view', 'bought without a page view', buyers, buyers_without_view, NULL, orders_without_view FROM totals
    UNION ALL
    SELECT 'checkouts without a cart', 'began a checkout without putting anything into the cart', checkouts, checkouts_without_cart, checkout_events_without_cart, NULL FROM totals
)

SELECT
    subject,
    population,
    CASE WHEN population > 0 THEN CAST(clients AS DOUBLE PRECISION) / population END AS observed,
    :max_skipped_rate AS expected,
    CASE WHEN clients <= :max_skipped_rate * population THEN 1 ELSE 0 END AS passed,
    what,
    clients,
    events_touched,
    orders_touched
FROM measured
ORDER BY subject

-- samples
WITH skipped AS (
    SELECT
        CASE
            WHEN event_order.event_kind = 'checkout' THEN 'checkouts without a cart'
            WHEN steps.step = 'checkout' THEN 'purchases without a checkout'
            ELSE 'purchases without a page view'
        END AS subject,
        event_order.event_id
    FROM client_steps
    CROSS JOIN event_order -- so that SQLite begins with the few clients
    CROSS JOIN (SELECT 'checkout' AS step UNION ALL SELECT 'view' UNION ALL SELECT 'cart') AS steps
    WHERE
        client_steps.is_bot = 0
        AND client_steps.checkout_count + client_steps.purchase_count > 0
        AND event_order.client_key = client_steps.client_key
        AND CASE steps.step
            WHEN 'checkout' THEN CASE WHEN event_order.event_kind = 'purchase' THEN client_steps.checkout_count END
            WHEN 'view' THEN CASE WHEN event_order.event_kind = 'purchase' THEN client_steps.view_count END
            ELSE CASE WHEN event_order.event_kind = 'checkout' THEN client_steps.cart_count END
        END = 0
),

found AS (
    SELECT skipped.*, ROW_NUMBER() OVER (PARTITION BY subject ORDER BY event_id) AS sample_number
    FROM skipped
)

SELECT
    found.subject,
    event_lines.file_name,
    event_lines.line_number,
    CASE found.subject WHEN 'checkouts without a cart' THEN 'no cart of this client: ' WHEN 'purchases without a checkout' THEN 'no checkout of this client: ' ELSE 'no page view of this client: ' END || event_lines.what AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id, found.subject
