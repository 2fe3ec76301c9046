-- title: The unit of revenue
-- description: The middle order of each day against the middle of all: a day on which money is suddenly in cents, or in thousands, is off
--   by a hundred or a thousand, which no assortment does.
-- severity: warn
-- needs: days with a few purchases
-- format: observed money, expected money
-- defect: revenue_in_cents
-- message: The middle order on {subject} is {observed}; {expected} is usual: {factor}.
-- cause: The revenue field began to be sent in another unit (cents for units, or the reverse) or another currency.
-- remedy: Have the field sent as before. See the repairs that the report proposes.
-- param least_purchases: 4
-- param unit_factor: 20.0
-- param sample_rows: as in exact_duplicates
WITH priced AS (
    SELECT
        event_date,
        revenue_cents,
        event_id,
        ROW_NUMBER() OVER (PARTITION BY event_date ORDER BY revenue_cents, event_id) AS day_rank,
        COUNT(*) OVER (PARTITION BY event_date) AS day_count,
        ROW_NUMBER() OVER (ORDER BY revenue_cents, event_id) AS all_rank,
        COUNT(*) OVER () AS all_count
    FROM purchase_records
    WHERE revenue_cents > 0
),

middle AS (
    SELECT revenue_cents FROM priced WHERE all_rank * 2 - all_count IN (0, 1)
),

days_middle AS (
    SELECT event_date, day_count, revenue_cents FROM priced WHERE day_rank * 2 - day_count IN (0, 1)
),

touched AS (
    SELECT event_date, CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents FROM priced GROUP BY event_date
)

SELECT
    days_middle.event_date AS subject,
    days_middle.day_count AS population,
    CAST(days_middle.revenue_cents AS DOUBLE PRECISION) / 100 AS observed,
    CAST(middle.revenue_cents AS DOUBLE PRECISION) / 100 AS expected,
    CASE
        WHEN days_middle.day_count < :least_purchases THEN NULL
        WHEN days_middle.revenue_cents > :unit_factor * baseline.widening * middle.revenue_cents OR middle.revenue_cents > :unit_factor * baseline.widening * days_middle.revenue_cents THEN 0
        ELSE 1
    END AS passed,
    CASE WHEN days_middle.revenue_cents > middle.revenue_cents THEN 'far too high' ELSE 'far too low' END AS factor,
    days_middle.event_date AS since,
    days_middle.event_date AS until,
    baseline.note,
    days_middle.day_count AS orders_touched,
    touched.revenue_cents AS revenue_cents_touched
FROM days_middle
JOIN touched ON touched.event_date = days_middle.event_date
CROSS JOIN middle
CROSS JOIN baseline
ORDER BY days_middle.event_date

-- samples
WITH found AS (
    SELECT
        purchase_records.event_date,
        purchase_records.event_id,
        purchase_records.revenue_cents,
        ROW_NUMBER() OVER (PARTITION BY purchase_records.event_date ORDER BY purchase_records.event_id) AS sample_number
    FROM purchase_records
    WHERE purchase_records.revenue_cents > 0
)

SELECT found.event_date AS subject, event_lines.file_name, event_lines.line_number, 'revenue of ' || CAST(found.revenue_cents AS TEXT) || ' cents: ' || event_lines.what AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id
