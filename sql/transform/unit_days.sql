-- title: Units of money by day
-- description: reference/money_units, by day: where its spans overlap, the one that divides most counts.
-- grain: one row per day on which an amount is in another unit
-- key: event_date, amount
WITH ranked AS (
    SELECT
        calendar.event_date,
        money_units.amount,
        money_units.multiply_by,
        money_units.divide_by,
        ROW_NUMBER() OVER (
            PARTITION BY calendar.event_date, money_units.amount
            ORDER BY money_units.divide_by DESC, money_units.multiply_by DESC, money_units.since_date, money_units.until_date
        ) AS unit_rank
    FROM money_units
    JOIN calendar ON calendar.event_date BETWEEN money_units.since_date AND money_units.until_date
)

SELECT event_date, amount, multiply_by, divide_by
FROM ranked
WHERE unit_rank = 1
