-- title: Units of money
-- description: Days on which the payloads gave money in another unit than the shop's, cents in place of units say: an amount of these days
--   (both included; 9999-12-31 where it goes on) counts multiply_by / divide_by times. amount is 'revenue', of orders, or
--   'price', of items. The repair that the quality report proposes adds a row. The row here is an example that changes nothing.
-- grain: one row per amount and span of days
-- key: amount, since_date, until_date
WITH units (amount, since_date, until_date, multiply_by, divide_by) AS (
    VALUES
        ('revenue', '2000-01-01', '2000-01-01', 1, 100)
)

SELECT amount, since_date, until_date, CAST(multiply_by AS BIGINT) AS multiply_by, CAST(divide_by AS BIGINT) AS divide_by
FROM units
