-- title: Payload fields that went missing
-- description: How often each field of a payload, and of its items, is missing, null or empty, against the days before: a price that vanishes from the items is found although the order's revenue is still there.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: vanished_item_price
-- defect: vanished_field
-- defect: missing_transaction_id
-- defect: missing_revenue
-- defect: missing_currency
-- defect: missing_items
-- defect: missing_user_email
-- message: {subject} is missing, null or empty in {observed} of the {holders}; {expected} is usual.
-- cause: A change of the shop system or of the data layer on that day.
-- remedy: Restore the field in the data layer. What is computed from it (products, prices, quantities) is not to be trusted on these days; revenue by order is if it is not the field that is missing.
WITH orders_without AS (
    -- Where all payloads lack a field, all orders with items do; where some do, counts of fields don't say which.
    SELECT rate_findings.segment, rate_findings.since_date, COUNT(*) AS order_count
    FROM rate_findings
    JOIN event_taxonomy ON
        event_taxonomy.event_kind = 'purchase'
        AND SUBSTR(rate_findings.segment, 1, LENGTH(event_taxonomy.raw_event_name) + 1) = event_taxonomy.raw_event_name || ' '
    JOIN purchase_records ON
        purchase_records.event_date BETWEEN rate_findings.since_date AND rate_findings.until_date
        AND purchase_records.item_count > 0
    WHERE rate_findings.measure = 'field_missing' AND rate_findings.hits = rate_findings.population
    GROUP BY rate_findings.segment, rate_findings.since_date
)

SELECT
    rate_results.subject,
    rate_results.population,
    rate_results.observed,
    rate_results.expected,
    rate_results.passed,
    CASE WHEN LOWER(rate_results.subject) LIKE '% items[].%' THEN 'items' ELSE 'payloads' END AS holders,
    rate_results.since,
    rate_results.until,
    rate_results.note,
    CASE WHEN LOWER(rate_results.subject) LIKE '% items[].%' THEN NULL ELSE rate_results.events_touched END AS events_touched,
    orders_without.order_count AS orders_touched
FROM rate_results
LEFT JOIN orders_without ON orders_without.segment = rate_results.segment AND orders_without.since_date = rate_results.since_date
WHERE rate_results.measure = 'field_missing'
ORDER BY rate_results.subject, rate_results.since_date

-- samples
SELECT event_lines.file_name, event_lines.line_number, 'no ' || SUBSTR(rate_findings.segment, LENGTH(event_lines.event_name) + 2) || ' in ' || event_lines.event_name AS reason
FROM rate_findings
JOIN event_lines ON
    event_lines.event_date BETWEEN rate_findings.since_date AND rate_findings.until_date
    AND SUBSTR(rate_findings.segment, 1, LENGTH(event_lines.event_name) + 1) = event_lines.event_name || ' '
JOIN payloads ON payloads.payload_key = event_lines.payload_key
WHERE
    rate_findings.measure = 'field_missing'
    AND LOWER(payloads.payload) NOT LIKE '%' || LOWER(REPLACE(SUBSTR(rate_findings.segment, LENGTH(event_lines.event_name) + 2), 'items[].', '')) || '": "_%'
    AND LOWER(payloads.payload) NOT LIKE '%' || LOWER(REPLACE(SUBSTR(rate_findings.segment, LENGTH(event_lines.event_name) + 2), 'items[].', '')) || '":"_%'
ORDER BY event_lines.event_id, rate_findings.segment
LIMIT 20
