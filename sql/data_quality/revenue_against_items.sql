-- title: Revenue against its items
-- description: An order's revenue against the prices of its items, read as the price of a line or of a unit, whichever explains more of
--   the shop's orders. Only orders all of whose items are priced are asked; shipping, tax and discounts make them differ.
-- severity: warn
-- needs: orders all of whose items have a price
-- format: observed percent 1, expected percent 1
-- message: {orders_touched} of {population} orders ({observed}) on {subject} differ from the sum of their items' prices (read as {read_as}) by more than {tolerance_text}.
-- cause: A discount, shipping or tax that began to count, prices of another unit, or a field that changed its meaning.
-- remedy: Revenue by order stands; products' shares of it are by their prices. Ask what changed with the price or the revenue field.
-- param revenue_tolerance: 0.02
-- param max_misfit_change: 0.3
-- param least_misfits: 4
WITH sums AS (
    SELECT
        raw_order_items.event_id,
        COUNT(*) AS line_count,
        COUNT(raw_order_items.price_cents) AS priced_count,
        CAST(SUM(raw_order_items.price_cents) AS BIGINT) AS line_cents,
        CAST(SUM(raw_order_items.price_cents * COALESCE(raw_order_items.quantity, 1)) AS BIGINT) AS unit_cents
    FROM raw_order_items
    GROUP BY raw_order_items.event_id
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
        CAST(SUM(is_misfit * revenue_cents) AS BIGINT) AS revenue_cents,
        ROW_NUMBER() OVER (ORDER BY CAST(SUM(is_misfit) AS DOUBLE PRECISION) / COUNT(*), event_date) AS rate_rank,
        COUNT(*) OVER () AS day_count
    FROM misfits
    GROUP BY event_date, price_is_of
),

middle AS (
    SELECT CAST(misfit_count AS DOUBLE PRECISION) / order_count AS misfit_rate FROM per_day WHERE rate_rank * 2 - day_count IN (0, 1)
)

SELECT
    per_day.event_date AS subject,
    per_day.order_count AS population,
    CAST(per_day.misfit_count AS DOUBLE PRECISION) / per_day.order_count AS observed,
    middle.misfit_rate AS expected,
    CASE
        WHEN per_day.misfit_count >= :least_misfits AND per_day.misfit_count > (middle.misfit_rate + :max_misfit_change) * per_day.order_count THEN 0
        ELSE 1
    END AS passed,
    'the price of a ' || per_day.price_is_of AS read_as,
    '2 %' AS tolerance_text,
    per_day.event_date AS since,
    per_day.event_date AS until,
    per_day.misfit_count AS orders_touched,
    per_day.revenue_cents AS revenue_cents_touched
FROM per_day
CROSS JOIN middle
ORDER BY per_day.event_date
