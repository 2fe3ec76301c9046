-- title: Mixed currencies
-- description: Revenue in several currencies is added up as if it were one.
-- severity: warn
-- needs: purchases that name a currency
-- format: observed percent 1, expected percent 1
-- defect: mixed_currency
-- message: {orders_touched} of {population} {population:purchase|purchases} {orders_touched:is|are} in {subject}; most are in {main_currency}, and both are added up as one.
-- cause: A second market, or a field that began to be filled.
-- remedy: Convert the revenue before the export, or report each market on its own.
-- param sample_rows: as in exact_duplicates
WITH currencies AS (
    SELECT
        currency,
        COUNT(*) AS order_count,
        CAST(SUM(COALESCE(revenue_cents, 0)) AS BIGINT) AS revenue_cents,
        MIN(event_date) AS since,
        MAX(event_date) AS until,
        ROW_NUMBER() OVER (ORDER BY COUNT(*) DESC, currency) AS currency_rank,
        CAST(SUM(COUNT(*)) OVER () AS BIGINT) AS all_count
    FROM purchase_records
    WHERE currency IS NOT NULL
    GROUP BY currency
),

main AS (
    SELECT currency FROM currencies WHERE currency_rank = 1
)

SELECT
    currencies.currency AS subject,
    currencies.all_count AS population,
    CAST(currencies.order_count AS DOUBLE PRECISION) / currencies.all_count AS observed,
    CAST(CASE WHEN currencies.currency_rank = 1 THEN 1 ELSE 0 END AS DOUBLE PRECISION) AS expected,
    CASE WHEN currencies.currency_rank = 1 THEN 1 ELSE 0 END AS passed,
    main.currency AS main_currency,
    currencies.since,
    currencies.until,
    currencies.order_count AS orders_touched,
    currencies.revenue_cents AS revenue_cents_touched
FROM currencies
CROSS JOIN main
ORDER BY currencies.currency

-- samples
WITH found AS (
    SELECT
        purchase_records.currency,
        purchase_records.file_id,
        purchase_records.event_id,
        purchase_records.line_number,
        ROW_NUMBER() OVER (PARTITION BY purchase_records.currency ORDER BY purchase_records.event_id) AS sample_number
    FROM purchase_records
    WHERE purchase_records.currency IS NOT NULL
)

SELECT found.currency AS subject, input_files.file_name, found.line_number, 'a purchase in ' || found.currency AS reason
FROM found
JOIN input_files ON input_files.file_id = found.file_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id
