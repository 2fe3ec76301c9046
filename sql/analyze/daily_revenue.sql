-- title: Revenue by day
-- description: Purchases and revenue by the day of the purchase, in the report's time zone.
-- section: Revenue
-- format: revenue money, avg_order_value money, purchases integer, date date
WITH by_day AS (
    SELECT event_date, COUNT(*) AS purchases, CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents
    FROM orders
    GROUP BY event_date
),

all_days AS (
    SELECT event_date FROM days
    UNION
    SELECT event_date FROM by_day
)

SELECT
    all_days.event_date AS date,
    COALESCE(by_day.purchases, 0) AS purchases,
    CAST(COALESCE(by_day.revenue_cents, 0) AS DOUBLE PRECISION) / 100 AS revenue,
    CAST(by_day.revenue_cents AS DOUBLE PRECISION) / 100 / by_day.purchases AS avg_order_value
FROM all_days
LEFT JOIN by_day ON by_day.event_date = all_days.event_date
ORDER BY all_days.event_date
