-- title: Confirmation pages without a purchase
-- description: Nearly all purchases happen on pages of one name (thank-you, order-confirmation). Clients who saw such a page and never
--   have a purchase event bought something that is in no report.
-- severity: warn
-- format: observed percent 1, expected percent 1
-- needs: purchases on pages of one name, which are viewed as well
-- defect: confirmation_without_purchase:all
-- message: {clients} of {population} {population:client|clients} who saw a page named {subject} ({observed}) {clients:has|have} no purchase event.
-- cause: The purchase tag does not always fire, or the page is shown again later, in another visit than the purchase.
-- remedy: Compare with the shop system's orders. If purchases are missing, revenue is too low by as many.
-- param max_unbought_rate: 0.25
-- param sample_rows: as in exact_duplicates
WITH viewers AS (
    SELECT step_days.client_key, MAX(step_days.confirming_page) AS confirming_page
    FROM step_days
    WHERE step_days.has_confirmation = 1
    GROUP BY step_days.client_key
),

judged AS (
    SELECT
        COALESCE(MAX(viewers.confirming_page), 'confirmation pages') AS confirming_page,
        COUNT(*) AS viewer_count,
        COUNT(CASE WHEN client_steps.purchase_count = 0 THEN 1 END) AS unbought_count
    FROM viewers
    JOIN client_steps ON client_steps.client_key = viewers.client_key
)

SELECT
    confirming_page AS subject,
    viewer_count AS population,
    CASE WHEN viewer_count > 0 THEN CAST(unbought_count AS DOUBLE PRECISION) / viewer_count END AS observed,
    :max_unbought_rate AS expected,
    CASE WHEN unbought_count <= :max_unbought_rate * viewer_count THEN 1 ELSE 0 END AS passed,
    unbought_count AS clients
FROM judged

-- samples
SELECT event_lines.file_name, event_lines.line_number, 'no purchase of this client: ' || event_lines.what AS reason
FROM (
    SELECT DISTINCT event_order.event_id
    FROM step_days
    JOIN client_steps ON client_steps.client_key = step_days.client_key
    CROSS JOIN event_order
    JOIN places ON places.place_key = event_order.place_key
    WHERE
        step_days.has_confirmation = 1
        AND client_steps.purchase_count = 0
        AND event_order.client_key = step_days.client_key
        AND places.page_name = step_days.confirming_page
    ORDER BY event_order.event_id
    LIMIT :sample_rows
) AS viewed
JOIN event_lines ON event_lines.event_id = viewed.event_id
ORDER BY viewed.event_id
