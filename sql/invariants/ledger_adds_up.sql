-- title: The ledger's steps lead from the records read to the orders
-- description: On every day the records read less what is rejected, repeated or no purchase are the orders, in rows and in money; and over
--   all days the records read are those in the files.
-- severity: critical
-- message: on {subject} the ledger's steps lead to {observed} (rows, or cents of revenue); it says {expected}.
WITH walks AS (
    SELECT
        event_date,
        CAST(SUM(CASE WHEN step_number < 5 THEN row_count ELSE 0 END) AS BIGINT) AS led_to_rows,
        CAST(SUM(CASE WHEN step_number < 5 THEN revenue_cents ELSE 0 END) AS BIGINT) AS led_to_cents,
        CAST(SUM(CASE WHEN step_number = 5 THEN row_count ELSE 0 END) AS BIGINT) AS order_rows,
        CAST(SUM(CASE WHEN step_number = 5 THEN revenue_cents ELSE 0 END) AS BIGINT) AS order_cents
    FROM revenue_ledger
    GROUP BY event_date
),

measured AS (
    SELECT event_date || ' rows' AS subject, led_to_rows AS observed, order_rows AS expected
    FROM walks
    UNION ALL
    SELECT event_date || ' revenue', led_to_cents, order_cents
    FROM walks
    UNION ALL
    SELECT
        'all days, records read',
        (SELECT COALESCE(CAST(SUM(row_count) AS BIGINT), 0) FROM revenue_ledger WHERE step_number = 1),
        (SELECT COALESCE(CAST(SUM(record_count) AS BIGINT), 0) FROM input_files)
    UNION ALL
    SELECT
        'all days, revenue',
        (SELECT COALESCE(CAST(SUM(revenue_cents) AS BIGINT), 0) FROM revenue_ledger WHERE step_number = 5),
        (SELECT COALESCE(CAST(SUM(revenue_cents) AS BIGINT), 0) FROM orders)
)

SELECT subject, 1 AS population, observed, expected, CASE WHEN observed = expected THEN 1 ELSE 0 END AS passed
FROM measured
ORDER BY subject

-- samples
SELECT
    event_date,
    CAST(SUM(CASE WHEN step_number < 5 THEN row_count ELSE 0 END) AS BIGINT) AS led_to_rows,
    CAST(SUM(CASE WHEN step_number = 5 THEN row_count ELSE 0 END) AS BIGINT) AS order_rows,
    CAST(SUM(CASE WHEN step_number < 5 THEN revenue_cents ELSE 0 END) AS BIGINT) AS led_to_cents,
    CAST(SUM(CASE WHEN step_number = 5 THEN revenue_cents ELSE 0 END) AS BIGINT) AS order_cents
FROM revenue_ledger
GROUP BY event_date
HAVING
    SUM(CASE WHEN step_number < 5 THEN row_count ELSE 0 END) <> SUM(CASE WHEN step_number = 5 THEN row_count ELSE 0 END)
    OR SUM(CASE WHEN step_number < 5 THEN revenue_cents ELSE 0 END) <> SUM(CASE WHEN step_number = 5 THEN revenue_cents ELSE 0 END)
ORDER BY event_date
LIMIT 3
