-- title: Time to the first purchase
-- description: From a buyer's first visit in the export to the first order. What came before the export began is not known, so long waits
--   are too few. Orders of unknown clients are left out.
-- section: Visitors
-- chart: bar x=waited y=buyers
-- format: buyers integer, share percent 1, revenue money
WITH spans (span_number, waited) AS (
    VALUES
        (1, 'under 10 minutes'),
        (2, '10 to 60 minutes'),
        (3, '1 to 24 hours'),
        (4, '1 to 3 days'),
        (5, '3 to 7 days'),
        (6, '7 to 14 days'),
        (7, 'over 14 days')
),

first_orders AS (
    SELECT
        client_key,
        occurred_at_ms,
        revenue_cents,
        ROW_NUMBER() OVER (PARTITION BY client_key ORDER BY occurred_at_ms, event_id) AS order_number
    FROM orders
    WHERE session_number > 0
),

waits AS (
    SELECT
        (first_orders.occurred_at_ms - users.first_seen_at_ms) / CAST(60000 AS DOUBLE PRECISION) AS minutes,
        first_orders.revenue_cents
    FROM first_orders
    JOIN users ON users.client_key = first_orders.client_key
    WHERE first_orders.order_number = 1
),

placed AS (
    SELECT
        CASE
            WHEN minutes < 10 THEN 1
            WHEN minutes < 60 THEN 2
            WHEN minutes < 1440 THEN 3
            WHEN minutes < 4320 THEN 4
            WHEN minutes < 10080 THEN 5
            WHEN minutes < 20160 THEN 6
            ELSE 7
        END AS span_number,
        revenue_cents
    FROM waits
),

counted AS (
    SELECT span_number, COUNT(*) AS buyers, CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents
    FROM placed
    GROUP BY span_number
)

SELECT
    spans.waited,
    COALESCE(counted.buyers, 0) AS buyers,
    CAST(COALESCE(counted.buyers, 0) AS DOUBLE PRECISION) / NULLIF(CAST(SUM(counted.buyers) OVER () AS BIGINT), 0) AS share,
    CAST(COALESCE(counted.revenue_cents, 0) AS DOUBLE PRECISION) / 100 AS revenue
FROM spans
LEFT JOIN counted ON counted.span_number = spans.span_number
ORDER BY spans.span_number
