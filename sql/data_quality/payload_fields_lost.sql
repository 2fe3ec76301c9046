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
-- param sample_rows: as in exact_duplicates
WITH orders_without AS (
    SELECT
        field_losses.segment,
        field_losses.since_date,
        COUNT(*) AS order_count,
        COALESCE(CAST(SUM(purchase_records.revenue_cents) AS BIGINT), 0) AS revenue_cents
    FROM field_losses
    JOIN purchase_records ON purchase_records.event_id = field_losses.event_id
    GROUP BY field_losses.segment, field_losses.since_date
)

SELECT
    rate_results.subject,
    COALESCE(abrupt_losses.population, rate_results.population) AS population,
    COALESCE(abrupt_losses.rate, rate_results.observed) AS observed,
    COALESCE(abrupt_losses.expected_rate, rate_results.expected) AS expected,
    CASE WHEN abrupt_losses.segment IS NULL THEN rate_results.passed ELSE 0 END AS passed,
    CASE WHEN LOWER(rate_results.subject) LIKE '% items[].%' THEN 'items' ELSE 'payloads' END AS holders,
    COALESCE(abrupt_losses.since_date, rate_results.since) AS since,
    CASE WHEN abrupt_losses.segment IS NULL THEN rate_results.until WHEN abrupt_losses.is_ongoing = 0 THEN abrupt_losses.until_date END AS until,
    CASE WHEN abrupt_losses.segment IS NULL THEN rate_results.note ELSE baseline.note END AS note,
    CASE WHEN LOWER(rate_results.subject) LIKE '% items[].%' THEN NULL ELSE COALESCE(abrupt_losses.hits, rate_results.events_touched) END AS events_touched,
    orders_without.order_count AS orders_touched,
    orders_without.revenue_cents AS revenue_cents_touched
FROM rate_results
CROSS JOIN baseline
LEFT JOIN abrupt_losses ON abrupt_losses.segment = rate_results.segment
LEFT JOIN orders_without ON
    orders_without.segment = rate_results.segment
    AND orders_without.since_date = COALESCE(abrupt_losses.since_date, rate_results.since_date)
WHERE rate_results.measure = 'field_missing'
ORDER BY rate_results.subject, rate_results.since_date

-- samples
WITH told AS (
    SELECT
        rate_results.subject,
        rate_results.segment,
        COALESCE(abrupt_losses.since_date, rate_results.since) AS since,
        COALESCE(abrupt_losses.since_date, rate_results.since_date) AS since_date
    FROM rate_results
    LEFT JOIN abrupt_losses ON abrupt_losses.segment = rate_results.segment
    WHERE rate_results.measure = 'field_missing' AND (rate_results.passed = 0 OR abrupt_losses.segment IS NOT NULL)
),

found AS (
    SELECT
        told.subject,
        told.since,
        field_losses.event_id,
        field_losses.field_path,
        ROW_NUMBER() OVER (PARTITION BY told.subject, told.since ORDER BY field_losses.event_id) AS sample_number
    FROM told
    JOIN field_losses ON field_losses.segment = told.segment AND field_losses.since_date = told.since_date
)

SELECT found.subject, found.since, event_lines.file_name, event_lines.line_number, 'no ' || found.field_path || ' in ' || event_lines.event_name AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id, found.subject
