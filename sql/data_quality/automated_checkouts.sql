-- title: Programs in the checkout
-- description: Headless browsers and scripts that put things into carts or begin checkouts: tests, monitoring, or somebody trying cards.
-- severity: warn
-- defect: headless_buyers
-- message: {observed} {observed:client that is a program|clients that are programs} reached a cart or a checkout ({purchases} {purchases:purchase|purchases}).
-- cause: An automated test of the shop that runs the production tag, or an attack on the payment step.
-- remedy: Ask who tests the shop. They are flagged as bots; leave them out of funnels and of checkout rates.
-- param max_automated_clients: 2
-- param sample_rows: as in exact_duplicates
WITH programs AS (
    SELECT
        COUNT(*) AS client_count,
        COALESCE(CAST(SUM(purchase_count) AS BIGINT), 0) AS purchases,
        MIN(first_date) AS since,
        MAX(first_date) AS until,
        COALESCE(CAST(SUM(event_count) AS BIGINT), 0) AS event_count
    FROM client_steps
    WHERE bot_category IN ('automation', 'script') AND cart_count + checkout_count + purchase_count > 0
),

program_visits AS (
    SELECT COUNT(*) AS session_count
    FROM client_steps
    JOIN visit_starts ON visit_starts.client_key = client_steps.client_key
    WHERE client_steps.bot_category IN ('automation', 'script') AND client_steps.cart_count + client_steps.checkout_count + client_steps.purchase_count > 0
),

all_clients AS (
    SELECT COUNT(*) AS client_count FROM client_steps
)

SELECT
    'programs' AS subject,
    all_clients.client_count AS population,
    programs.client_count AS observed,
    :max_automated_clients AS expected,
    CASE WHEN programs.client_count <= :max_automated_clients THEN 1 ELSE 0 END AS passed,
    programs.purchases,
    programs.since,
    programs.until,
    programs.event_count AS events_touched,
    program_visits.session_count AS sessions_touched
FROM programs
CROSS JOIN program_visits
CROSS JOIN all_clients

-- samples
SELECT event_lines.file_name, event_lines.line_number, 'a program: ' || event_lines.what AS reason
FROM client_steps
CROSS JOIN event_order -- so that SQLite begins with the few clients
JOIN event_lines ON event_lines.event_id = event_order.event_id
WHERE
    client_steps.bot_category IN ('automation', 'script')
    AND event_order.client_key = client_steps.client_key
    AND event_order.event_kind IN ('cart', 'checkout', 'purchase')
ORDER BY event_lines.event_id
LIMIT :sample_rows
