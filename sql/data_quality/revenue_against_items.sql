-- title: Revenue against its items
-- description: An order's revenue against the prices of its items, read as the price of a line or of a unit, whichever explains more of
--   the shop's orders. Only orders all of whose items are priced are asked; shipping, tax and discounts make them differ.
-- severity: warn
-- needs: orders all of whose items have a price
-- format: observed percent 1, expected percent 1
-- defect: item_price_misfit
-- defect: unit_item_prices
-- message: {orders_touched} of {population} {population:order|orders} ({observed}) on {subject} {orders_touched:differs from the sum of its|differ from the sum of their} items' prices (read as {read_as}) by more than {tolerance_text}.
-- cause: A discount, shipping or tax that began to count, prices of another unit, or a field that changed its meaning.
-- remedy: Revenue by order stands; products' shares of it are by their prices. Ask what changed with the price or the revenue field.
-- param revenue_tolerance: 0.02
-- param least_misfit_change: 0.05
-- param least_misfits: 2
-- param misfit_deviance: 8.0
-- param sample_rows: as in exact_duplicates
WITH sums AS (
    SELECT
        item_amounts.event_id,
        COUNT(*) AS line_count,
        COUNT(item_amounts.price_cents) AS priced_count,
        CAST(SUM(item_amounts.price_cents) AS BIGINT) AS line_cents,
        CAST(SUM(item_amounts.price_cents * COALESCE(item_amounts.quantity, 1)) AS BIGINT) AS unit_cents
    FROM item_amounts
    GROUP BY item_amounts.event_id
),

fits AS (
    SELECT
        purchase_records.event_date,
        purchase_records.event_id,
        purchase_records.revenue_cents,
        CASE WHEN ABS(sums.line_cents - purchase_records.revenue_cents) <= :revenue_tolerance * purchase_records.revenue_cents THEN 1 ELSE 0 END AS fits_line,
        CASE WHEN ABS(sums.unit_cents - purchase_records.revenue_cents) <= :revenue_tolerance * purchase_records.revenue_cents THEN 1 ELSE 0 END AS fits_unit
    FROM purchase_records
    JOIN sums ON sums.event_id = purchase_records.event_id
    WHERE sums.priced_count = sums.line_count AND purchase_records.revenue_cents > 0
),

reading AS (
    SELECT CASE WHEN SUM(fits_unit) > SUM(fits_line) THEN 'unit' ELSE 'line' END AS price_is_of
    FROM fits
),

misfits AS (
    SELECT
        fits.*,
        reading.price_is_of,
        CASE WHEN reading.price_is_of = 'unit' THEN 1 - fits.fits_unit ELSE 1 - fits.fits_line END AS is_misfit
    FROM fits
    CROSS JOIN reading
),

per_day AS (
    SELECT
        event_date,
        price_is_of,
        COUNT(*) AS order_count,
        CAST(SUM(is_misfit) AS BIGINT) AS misfit_count,
        CAST(SUM(is_misfit * revenue_cents) AS BIGINT) AS revenue_cents
    FROM misfits
    GROUP BY event_date, price_is_of
),

totals AS (
    SELECT CAST(SUM(order_count) AS BIGINT) AS order_count, CAST(SUM(misfit_count) AS BIGINT) AS misfit_count FROM per_day
),

-- How many misfits the other days' rate would give.
judged AS (
    SELECT
        per_day.*,
        CASE
            WHEN totals.order_count > per_day.order_count
                THEN CAST(totals.misfit_count - per_day.misfit_count AS DOUBLE PRECISION) / (totals.order_count - per_day.order_count)
        END AS usual_rate,
        per_day.order_count * (totals.misfit_count - per_day.misfit_count + 0.5) / (totals.order_count - per_day.order_count + 1) AS usual_count
    FROM per_day
    CROSS JOIN totals
)

SELECT
    judged.event_date AS subject,
    judged.order_count AS population,
    CAST(judged.misfit_count AS DOUBLE PRECISION) / judged.order_count AS observed,
    judged.usual_rate AS expected,
    CASE
        WHEN judged.usual_rate IS NULL THEN NULL
        WHEN
            judged.misfit_count >= :least_misfits
            AND judged.misfit_count > (judged.usual_rate + :least_misfit_change * baseline.widening) * judged.order_count
            -- A Poisson deviance of 8 is five in a thousand.
            AND 2 * (judged.misfit_count * LN(judged.misfit_count / judged.usual_count) - judged.misfit_count + judged.usual_count) >= :misfit_deviance * baseline.widening THEN 0
        ELSE 1
    END AS passed,
    'the price of a ' || judged.price_is_of AS read_as,
    '2 %' AS tolerance_text,
    judged.event_date AS since,
    judged.event_date AS until,
    baseline.note,
    judged.misfit_count AS orders_touched,
    judged.revenue_cents AS revenue_cents_touched
FROM judged
CROSS JOIN baseline
ORDER BY judged.event_date

-- samples
WITH sums AS (
    SELECT
        item_amounts.event_id,
        COUNT(*) AS line_count,
        COUNT(item_amounts.price_cents) AS priced_count,
        CAST(SUM(item_amounts.price_cents) AS BIGINT) AS line_cents,
        CAST(SUM(item_amounts.price_cents * COALESCE(item_amounts.quantity, 1)) AS BIGINT) AS unit_cents
    FROM item_amounts
    GROUP BY item_amounts.event_id
),

fits AS (
    SELECT
        purchase_records.event_date,
        purchase_records.event_id,
        purchase_records.revenue_cents,
        CASE WHEN ABS(sums.line_cents - purchase_records.revenue_cents) <= :revenue_tolerance * purchase_records.revenue_cents THEN 1 ELSE 0 END AS fits_line,
        CASE WHEN ABS(sums.unit_cents - purchase_records.revenue_cents) <= :revenue_tolerance * purchase_records.revenue_cents THEN 1 ELSE 0 END AS fits_unit
    FROM purchase_records
    JOIN sums ON sums.event_id = purchase_records.event_id
    WHERE sums.priced_count = sums.line_count AND purchase_records.revenue_cents > 0
),

reading AS (
    SELECT CASE WHEN SUM(fits_unit) > SUM(fits_line) THEN 'unit' ELSE 'line' END AS price_is_of
    FROM fits
),

misfits AS (
    SELECT
        fits.*,
        reading.price_is_of,
        CASE WHEN reading.price_is_of = 'unit' THEN 1 - fits.fits_unit ELSE 1 - fits.fits_line END AS is_misfit
    FROM fits
    CROSS JOIN reading
),

found AS (
    SELECT event_date, event_id, ROW_NUMBER() OVER (PARTITION BY event_date ORDER BY event_id) AS sample_number
    FROM misfits
    WHERE is_misfit = 1
)

SELECT found.event_date AS subject, event_lines.file_name, event_lines.line_number, 'revenue and items differ: ' || event_lines.what AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id
