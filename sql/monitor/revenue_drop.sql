-- title: Revenue drop
-- description: The day's revenue against the seven complete days before it. Not judged where there are fewer, or where they earned nothing.
-- severity: warn
-- tier: drift
-- message: Revenue on {subject} was {observed}, where {usual} a day are usual.
-- format: observed money, expected money, usual money
-- param least_revenue_share: 0.6
WITH daily AS (
    SELECT
        days.event_date,
        days.day_number,
        CAST(COALESCE(SUM(orders.revenue_cents), 0) AS BIGINT) AS revenue_cents,
        COUNT(orders.order_key) AS order_count,
        ROW_NUMBER() OVER (ORDER BY days.day_number DESC) AS days_back
    FROM days
    JOIN monitored_day ON days.day_number <= monitored_day.day_number
    LEFT JOIN orders ON orders.event_date = days.event_date
    WHERE days.is_complete = 1
    GROUP BY days.event_date, days.day_number
),

earlier AS (
    SELECT COUNT(*) AS day_count, CAST(COALESCE(SUM(revenue_cents), 0) AS BIGINT) AS revenue_cents
    FROM daily
    WHERE days_back BETWEEN 2 AND 8
)

SELECT
    daily.event_date AS subject,
    earlier.day_count AS population,
    CAST(daily.revenue_cents AS DOUBLE PRECISION) / 100 AS observed,
    :least_revenue_share * earlier.revenue_cents / 700 AS expected,
    CASE
        WHEN earlier.day_count < 7 OR earlier.revenue_cents <= 0 THEN NULL
        WHEN daily.revenue_cents * 7 >= :least_revenue_share * earlier.revenue_cents THEN 1
        ELSE 0
    END AS passed,
    CAST(earlier.revenue_cents AS DOUBLE PRECISION) / 700 AS usual
FROM daily
CROSS JOIN earlier
WHERE daily.days_back = 1
ORDER BY daily.event_date
