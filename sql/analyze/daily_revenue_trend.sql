-- title: Revenue by day
-- description: Each day's revenue, orders and average order value beside those of the week before and the mean of the seven complete days up
--   to it. A day that the export covers only in part is drawn apart and left out of the means; a mean over fewer than seven
--   days is not given.
-- section: Revenue
-- chart: line x=date y=revenue,mean_revenue name=daily_revenue
-- chart: line x=date y=orders,avg_order_value name=daily_orders title="Orders and average order value by day"
-- format: revenue money, revenue_week_before money, mean_revenue money, orders integer, orders_week_before integer, mean_orders decimal 1,
--   avg_order_value money, avg_order_value_week_before money, mean_order_value money, date date
-- order: 1
WITH by_day AS (
    SELECT
        days.event_date,
        days.day_number,
        days.is_complete,
        COUNT(orders.order_key) AS orders,
        CAST(COALESCE(SUM(orders.revenue_cents), 0) AS BIGINT) AS revenue_cents
    FROM days
    LEFT JOIN orders ON orders.event_date = days.event_date
    GROUP BY days.event_date, days.day_number, days.is_complete
),

means AS (
    SELECT
        by_day.event_date,
        COUNT(*) AS day_count,
        CAST(SUM(others.orders) AS BIGINT) AS orders,
        CAST(SUM(others.revenue_cents) AS BIGINT) AS revenue_cents
    FROM by_day
    JOIN by_day AS others ON
        others.day_number > by_day.day_number - 7
        AND others.day_number <= by_day.day_number
        AND others.is_complete = 1
    WHERE by_day.is_complete = 1
    GROUP BY by_day.event_date
    HAVING COUNT(*) = 7
)

SELECT
    by_day.event_date AS date,
    CAST(by_day.revenue_cents AS DOUBLE PRECISION) / 100 AS revenue,
    CAST(week_before.revenue_cents AS DOUBLE PRECISION) / 100 AS revenue_week_before,
    CAST(means.revenue_cents AS DOUBLE PRECISION) / 100 / 7 AS mean_revenue,
    by_day.orders,
    week_before.orders AS orders_week_before,
    CAST(means.orders AS DOUBLE PRECISION) / 7 AS mean_orders,
    CAST(by_day.revenue_cents AS DOUBLE PRECISION) / 100 / NULLIF(by_day.orders, 0) AS avg_order_value,
    CAST(week_before.revenue_cents AS DOUBLE PRECISION) / 100 / NULLIF(week_before.orders, 0) AS avg_order_value_week_before,
    CAST(means.revenue_cents AS DOUBLE PRECISION) / 100 / NULLIF(means.orders, 0) AS mean_order_value,
    1 - by_day.is_complete AS is_partial
FROM by_day
LEFT JOIN by_day AS week_before ON week_before.day_number = by_day.day_number - 7 AND week_before.is_complete = 1
LEFT JOIN means ON means.event_date = by_day.event_date
ORDER BY by_day.event_date
