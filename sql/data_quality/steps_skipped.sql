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
-- message: {subject}: {observed} of the clients, where {expected} is usual.
-- cause: The tag of the step that is missing stopped firing for some.
-- remedy: Check the tag of the missing step. Where it is the purchase, revenue is too low; compare with the shop system.
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
SELECT event_lines.file_name, event_lines.line_number, rate_findings.segment || ': ' || event_lines.what AS reason
FROM rate_findings
JOIN step_days ON
    step_days.event_date BETWEEN rate_findings.since_date AND rate_findings.until_date
    AND CASE rate_findings.segment
        WHEN 'purchases without a checkout' THEN step_days.has_purchase * (1 - step_days.has_checkout)
        WHEN 'checkouts without a cart' THEN step_days.has_checkout * (1 - step_days.has_cart)
        WHEN 'confirmations without a purchase' THEN step_days.has_confirmation * (1 - step_days.has_purchase)
        ELSE step_days.has_purchase * (1 - step_days.has_confirmation)
    END = 1
JOIN event_order ON event_order.client_key = step_days.client_key AND event_order.event_date = step_days.event_date
JOIN event_lines ON event_lines.event_id = event_order.event_id
JOIN event_taxonomy ON event_taxonomy.raw_event_name = event_lines.event_name
LEFT JOIN pages ON pages.page_key = event_lines.page_key
WHERE
    rate_findings.measure = 'step_skipped'
    AND CASE rate_findings.segment
        WHEN 'checkouts without a cart' THEN CASE WHEN event_taxonomy.event_kind = 'checkout' THEN 1 END
        WHEN 'confirmations without a purchase' THEN CASE WHEN pages.page_name = step_days.confirming_page THEN 1 END
        ELSE CASE WHEN event_taxonomy.event_kind = 'purchase' THEN 1 END
    END = 1
ORDER BY event_lines.event_id, rate_findings.segment
LIMIT 20
