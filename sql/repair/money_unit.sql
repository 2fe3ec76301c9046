-- title: Money in another unit
-- description: Days on which the middle order, or the middle price of an item, is about a hundred or a thousand times what it is else,
--   or that part of it: cents in place of units, or the reverse.
-- target: reference/money_units.sql
-- row: {amount}, {since_date}, {until_date}, {multiply_by}, {divide_by}
-- effect: {what} in another unit {span}: the middle one of a day is up to {middle}, where {usual_middle} is usual. Counted {times}, {amount_count} {amount_count:amount that adds up to|amounts that add up to} {amount_sum} {amount_count:comes|come} to {amount_sum_after}.
-- format: middle money, usual_middle money, amount_sum money, amount_sum_after money
-- param least_amounts: 4
-- param unit_tolerance: 3.0
WITH factors (multiply_by, divide_by, factor, least_factor, most_factor, times) AS (
    VALUES
        (1, 100, 100.0, 10.0, 316.0, 'as a hundredth'),
        (1, 1000, 1000.0, 316.0, 10000.0, 'as a thousandth'),
        (100, 1, 0.01, 0.00316, 0.1, 'a hundred times'),
        (1000, 1, 0.001, 0.0001, 0.00316, 'a thousand times')
),

amounts AS (
    SELECT 'revenue' AS amount, event_date, event_id, 0 AS item_number, revenue_cents AS cents
    FROM purchase_records
    WHERE revenue_cents > 0 AND event_date <> 'undated'
    UNION ALL
    SELECT 'price', purchase_records.event_date, purchase_records.event_id, item_amounts.item_number, item_amounts.price_cents
    FROM purchase_records
    JOIN item_amounts ON item_amounts.event_id = purchase_records.event_id
    WHERE item_amounts.price_cents > 0 AND purchase_records.event_date <> 'undated'
),

ranked AS (
    SELECT
        amounts.*,
        ROW_NUMBER() OVER (PARTITION BY amount, event_date ORDER BY cents, event_id, item_number) AS day_rank,
        COUNT(*) OVER (PARTITION BY amount, event_date) AS day_count,
        ROW_NUMBER() OVER (PARTITION BY amount ORDER BY cents, event_id, item_number) AS all_rank,
        COUNT(*) OVER (PARTITION BY amount) AS all_count
    FROM amounts
),

middles AS (
    SELECT amount, cents FROM ranked WHERE all_rank * 2 - all_count IN (0, 1)
),

day_middles AS (
    SELECT
        ranked.amount,
        ranked.event_date,
        ranked.cents,
        middles.cents AS usual_cents,
        ROW_NUMBER() OVER (PARTITION BY ranked.amount ORDER BY ranked.event_date) AS day_number
    FROM ranked
    JOIN middles ON middles.amount = ranked.amount
    WHERE ranked.day_rank * 2 - ranked.day_count IN (0, 1) AND ranked.day_count >= :least_amounts
),

shifted AS (
    SELECT
        day_middles.*,
        factors.multiply_by,
        factors.divide_by,
        factors.times,
        CASE
            WHEN day_middles.cents * :unit_tolerance > day_middles.usual_cents * factors.factor AND day_middles.cents < day_middles.usual_cents * factors.factor * :unit_tolerance THEN 1
            ELSE 0
        END AS is_near,
        day_middles.day_number - ROW_NUMBER() OVER (PARTITION BY day_middles.amount, factors.times ORDER BY day_middles.day_number) AS span_number
    FROM day_middles
    -- The nearest factor; of a span one day must be near it, and the others follow.
    JOIN factors ON
        day_middles.cents >= day_middles.usual_cents * factors.least_factor
        AND day_middles.cents < day_middles.usual_cents * factors.most_factor
),

spans AS (
    SELECT
        amount,
        multiply_by,
        divide_by,
        times,
        MAX(usual_cents) AS usual_cents,
        MAX(cents) AS middle_cents,
        MIN(event_date) AS since_date,
        MAX(event_date) AS until_date
    FROM shifted
    GROUP BY amount, multiply_by, divide_by, times, span_number
    HAVING MAX(is_near) = 1
),

sums AS (
    SELECT
        spans.amount,
        spans.times,
        spans.since_date,
        COUNT(*) AS amount_count,
        CAST(SUM(amounts.cents) AS BIGINT) AS cents,
        CAST(SUM(CAST((amounts.cents * spans.multiply_by - amounts.cents * spans.multiply_by % spans.divide_by) / spans.divide_by AS BIGINT)) AS BIGINT) AS cents_after
    FROM spans
    JOIN amounts ON amounts.amount = spans.amount AND amounts.event_date BETWEEN spans.since_date AND spans.until_date
    GROUP BY spans.amount, spans.times, spans.since_date
),

last_days AS (
    SELECT amount, MAX(event_date) AS last_date FROM day_middles GROUP BY amount
)

SELECT
    spans.amount || ':' || spans.since_date AS subject,
    spans.amount,
    spans.since_date,
    CASE WHEN spans.until_date = last_days.last_date THEN '9999-12-31' ELSE spans.until_date END AS until_date,
    spans.multiply_by,
    spans.divide_by,
    spans.times,
    CASE spans.amount WHEN 'revenue' THEN 'The revenue of orders is' ELSE 'The prices of items are' END AS what,
    CASE
        WHEN spans.until_date = last_days.last_date THEN 'from ' || spans.since_date || ' on'
        WHEN spans.until_date = spans.since_date THEN 'on ' || spans.since_date
        ELSE 'from ' || spans.since_date || ' to ' || spans.until_date
    END AS span,
    CAST(spans.middle_cents AS DOUBLE PRECISION) / 100 AS middle,
    CAST(spans.usual_cents AS DOUBLE PRECISION) / 100 AS usual_middle,
    sums.amount_count,
    CAST(sums.cents AS DOUBLE PRECISION) / 100 AS amount_sum,
    CAST(sums.cents_after AS DOUBLE PRECISION) / 100 AS amount_sum_after
FROM spans
JOIN sums ON sums.amount = spans.amount AND sums.times = spans.times AND sums.since_date = spans.since_date
JOIN last_days ON last_days.amount = spans.amount
ORDER BY spans.amount DESC, spans.since_date
