-- title: Confirmation pages and purchases
-- description: Nearly all purchases happen on pages of one name (thank-you, order-confirmation). Clients who saw such a page and have no
--   purchase event bought something that is in no report.
-- severity: warn
-- format: observed percent 1, expected percent 1
-- needs: purchases on pages of one name, which are viewed as well
-- message: {clients} of {population} clients who saw a page named {leaf} ({observed}) have no purchase event.
-- cause: The purchase tag does not always fire, or the page is shown again later, in another visit than the purchase.
-- remedy: Compare with the shop system's orders. If purchases are missing, revenue is too low by as many.
-- param least_leaf_share: 0.8
-- param max_unbought_rate: 0.25
WITH purchase_leaves AS (
    SELECT pages.page_name, COUNT(*) AS purchase_count
    FROM purchase_records
    JOIN raw_events ON raw_events.event_id = purchase_records.event_id
    JOIN pages ON pages.page_key = raw_events.page_key
    WHERE pages.page_name IS NOT NULL
    GROUP BY pages.page_name
),

ranked AS (
    SELECT
        page_name,
        purchase_count,
        ROW_NUMBER() OVER (ORDER BY purchase_count DESC, page_name) AS leaf_rank,
        CAST(SUM(purchase_count) OVER () AS BIGINT) AS all_count
    FROM purchase_leaves
),

confirmation AS (
    SELECT page_name FROM ranked WHERE leaf_rank = 1 AND purchase_count >= :least_leaf_share * all_count
),

confirmation_pages AS (
    SELECT pages.page_key FROM pages JOIN confirmation ON confirmation.page_name = pages.page_name
),

viewers AS (
    SELECT DISTINCT event_order.client_key
    FROM event_order
    JOIN event_taxonomy ON event_taxonomy.raw_event_name = event_order.event_name
    WHERE event_taxonomy.event_kind = 'page_view' AND event_order.has_client = 1 AND event_order.page_key IN (SELECT page_key FROM confirmation_pages)
),

judged AS (
    SELECT
        COUNT(*) AS viewer_count,
        COUNT(CASE WHEN client_steps.purchase_count = 0 THEN 1 END) AS unbought_count
    FROM viewers
    JOIN client_steps ON client_steps.client_key = viewers.client_key
    WHERE client_steps.is_bot = 0
)

SELECT
    COALESCE(MAX(confirmation.page_name), 'no page of one name') AS subject,
    judged.viewer_count AS population,
    CASE WHEN judged.viewer_count > 0 THEN CAST(judged.unbought_count AS DOUBLE PRECISION) / judged.viewer_count END AS observed,
    :max_unbought_rate AS expected,
    CASE WHEN judged.unbought_count <= :max_unbought_rate * judged.viewer_count THEN 1 ELSE 0 END AS passed,
    COALESCE(MAX(confirmation.page_name), '') AS leaf,
    judged.unbought_count AS clients
FROM judged
LEFT JOIN confirmation ON 1 = 1
GROUP BY judged.viewer_count, judged.unbought_count
