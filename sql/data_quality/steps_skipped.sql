-- title: Steps that went missing
-- description: Buyers without a checkout, checkouts without a cart, confirmation pages without a purchase and the reverse, on one day against the days before.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: purchases_without_checkouts
-- defect: checkouts_without_carts
-- defect: confirmation_without_purchase
-- defect: purchases_without_confirmation
-- follows: missing_required_columns, client_id_lost, client_id_format, one_hit_clients, unknown_events, vanished_segments, purchases_by_day, records_outside_day
-- message: {subject}: {observed} of the clients that are no known bots, where {expected} is usual.
-- cause: The tag of the step that is missing stopped firing for some.
-- remedy: Check the tag of the missing step. Where it is the purchase, revenue is too low; compare with the shop system.
-- param sample_rows: as in exact_duplicates
SELECT
    subject,
    population,
    observed,
    expected,
    passed,
    since,
    until,
    note
FROM rate_results
WHERE measure = 'step_skipped'
ORDER BY subject, since_date

-- samples
WITH found AS (
    SELECT
        rate_results.subject,
        rate_results.since,
        event_order.event_id,
        ROW_NUMBER() OVER (PARTITION BY rate_results.subject, rate_results.since ORDER BY event_order.event_id) AS sample_number
    FROM rate_results
    CROSS JOIN step_days -- so that SQLite begins with the few findings
    JOIN event_order ON event_order.client_key = step_days.client_key AND event_order.event_date = step_days.event_date
    LEFT JOIN places ON places.place_key = event_order.place_key
    WHERE
        rate_results.measure = 'step_skipped'
        AND rate_results.passed = 0
        AND step_days.event_date = rate_results.since_date
        AND CASE rate_results.segment
            WHEN 'purchases without a checkout' THEN CASE WHEN event_order.event_kind = 'purchase' THEN step_days.has_purchase * (1 - step_days.has_checkout) END
            WHEN 'checkouts without a cart' THEN CASE WHEN event_order.event_kind = 'checkout' THEN step_days.has_checkout * (1 - step_days.has_cart) END
            WHEN 'confirmations without a purchase' THEN CASE WHEN places.page_name = step_days.confirming_page THEN step_days.has_confirmation * (1 - step_days.has_purchase) END
            ELSE CASE WHEN event_order.event_kind = 'purchase' THEN step_days.has_purchase * (1 - step_days.has_confirmation) END
        END = 1
)

SELECT found.subject, found.since, event_lines.file_name, event_lines.line_number, found.subject || ': ' || event_lines.what AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id, found.subject
