-- title: Programs in the checkout
-- description: Headless browsers and scripts that put things into carts or begin checkouts: tests, monitoring, or somebody trying cards.
-- severity: warn
-- defect: headless_buyers
-- message: {observed} clients that are programs reached a cart or a checkout ({purchases} purchases).
-- cause: An automated test of the shop that runs the production tag, or an attack on the payment step.
-- remedy: Ask who tests the shop. They are flagged as bots; leave them out of funnels and of checkout rates.
-- param max_automated_clients: 2
SELECT
    'programs' AS subject,
    COUNT(*) AS population,
    COUNT(CASE WHEN bot_category IN ('automation', 'script') AND cart_count + checkout_count + purchase_count > 0 THEN 1 END) AS observed,
    :max_automated_clients AS expected,
    CASE
        WHEN COUNT(CASE WHEN bot_category IN ('automation', 'script') AND cart_count + checkout_count + purchase_count > 0 THEN 1 END) <= :max_automated_clients THEN 1
        ELSE 0
    END AS passed,
    COALESCE(CAST(SUM(CASE WHEN bot_category IN ('automation', 'script') THEN purchase_count END) AS BIGINT), 0) AS purchases,
    MIN(CASE WHEN bot_category IN ('automation', 'script') AND cart_count + checkout_count + purchase_count > 0 THEN first_date END) AS since,
    MAX(CASE WHEN bot_category IN ('automation', 'script') AND cart_count + checkout_count + purchase_count > 0 THEN first_date END) AS until,
    COALESCE(CAST(SUM(CASE WHEN bot_category IN ('automation', 'script') AND cart_count + checkout_count + purchase_count > 0 THEN event_count END) AS BIGINT), 0) AS events_touched,
    (
        SELECT COUNT(*)
        FROM client_steps AS programs
        JOIN visit_starts ON visit_starts.client_key = programs.client_key
        WHERE programs.bot_category IN ('automation', 'script') AND programs.cart_count + programs.checkout_count + programs.purchase_count > 0
    ) AS sessions_touched
FROM client_steps

-- samples
SELECT event_lines.file_name, event_lines.line_number, 'a program: ' || event_lines.what AS reason
FROM client_steps
JOIN event_order ON event_order.client_key = client_steps.client_key
JOIN event_lines ON event_lines.event_id = event_order.event_id
JOIN event_taxonomy ON event_taxonomy.raw_event_name = event_lines.event_name
WHERE client_steps.bot_category IN ('automation', 'script') AND event_taxonomy.event_kind IN ('cart', 'checkout', 'purchase')
ORDER BY event_lines.event_id
LIMIT 20
