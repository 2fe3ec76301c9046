-- title: Revenue against the week before
-- description: Says that revenue moved only where the number of orders moved more than chance does, and splits the change exactly
--   into sessions, conversion and order value (logarithms of the three factors add up; here their plain rates are given).
-- section: What happened
-- kind: insight
-- format: revenue money, revenue_before money, change percent 1, orders integer, orders_before integer, sessions_change percent 1,
--   conversion_change percent 1, value_change percent 1
-- param insight_least_z: 2.0
WITH measures AS (
    SELECT
        MAX(CASE WHEN measure = 'revenue' THEN this_week END) AS revenue,
        MAX(CASE WHEN measure = 'revenue' THEN week_before END) AS revenue_before,
        MAX(CASE WHEN measure = 'revenue' THEN change END) AS change,
        MAX(CASE WHEN measure = 'orders' THEN this_week END) AS orders,
        MAX(CASE WHEN measure = 'orders' THEN week_before END) AS orders_before,
        MAX(CASE WHEN measure = 'orders' THEN z END) AS orders_z,
        MAX(CASE WHEN measure = 'sessions' THEN change END) AS sessions_change,
        MAX(CASE WHEN measure = 'conversion_rate' THEN change END) AS conversion_change,
        MAX(CASE WHEN measure = 'avg_order_value' THEN change END) AS value_change
    FROM week_on_week
)

SELECT
    CASE
        WHEN ABS(orders_z) < :insight_least_z THEN 'note'
        WHEN orders_z > 0 THEN 'good'
        ELSE 'bad'
    END AS tone,
    CASE
        WHEN ABS(orders_z) < :insight_least_z
            THEN 'Revenue of the last seven complete days was {revenue} ({orders} orders) after {revenue_before} ({orders_before}) in the seven before: {change}, with no more change in the number of orders than chance makes.'
        ELSE 'Revenue of the last seven complete days was {revenue} ({orders} orders) after {revenue_before} ({orders_before}) in the seven before: {change}. Sessions {sessions_change}, conversion rate {conversion_change}, order value {value_change}.'
    END AS sentence,
    revenue,
    revenue_before,
    change,
    orders,
    orders_before,
    sessions_change,
    conversion_change,
    value_change
FROM measures
WHERE orders_z IS NOT NULL
