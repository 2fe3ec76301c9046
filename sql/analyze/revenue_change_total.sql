-- title: From last week's revenue to this week's
-- description: The overall line of revenue_change as steps: what the number of sessions, orders per session and the order value each did
--   to revenue, to the cent. Nothing where one of the two weeks lacks a complete day.
-- section: Why revenue moved
-- chart: waterfall x=step y=revenue
-- format: revenue money
-- order: 2
WITH steps (step_number, step) AS (
    VALUES (1, 'Week before'), (2, 'Sessions'), (3, 'Orders per session'), (4, 'Order value'), (5, 'Orders in no session'), (6, 'This week')
),

overall AS (
    SELECT
        COUNT(*) AS line_count,
        CAST(COALESCE(SUM(CASE WHEN segment = 'all sessions' THEN CAST(FLOOR(0.5 + revenue_before * 100) AS BIGINT) END), 0) AS BIGINT) AS before_cents,
        CAST(COALESCE(SUM(CASE WHEN segment = 'all sessions' THEN CAST(FLOOR(0.5 + from_sessions * 100) AS BIGINT) END), 0) AS BIGINT) AS session_cents,
        CAST(COALESCE(SUM(CASE WHEN segment = 'all sessions' THEN CAST(FLOOR(0.5 + from_conversion * 100) AS BIGINT) END), 0) AS BIGINT) AS conversion_cents,
        CAST(COALESCE(SUM(CASE WHEN segment = 'all sessions' THEN CAST(FLOOR(0.5 + from_order_value * 100) AS BIGINT) END), 0) AS BIGINT) AS value_cents,
        CAST(COALESCE(SUM(CASE WHEN segment = '(no session)' THEN CAST(FLOOR(0.5 + change * 100) AS BIGINT) END), 0) AS BIGINT) AS sessionless_cents,
        CAST(COALESCE(SUM(CASE WHEN segment = '(no session)' THEN CAST(FLOOR(0.5 + revenue_before * 100) AS BIGINT) END), 0) AS BIGINT) AS sessionless_before_cents,
        CAST(COALESCE(SUM(CAST(FLOOR(0.5 + revenue * 100) AS BIGINT)), 0) AS BIGINT) AS now_cents
    FROM revenue_change
    WHERE dimension = 'all'
)

SELECT
    steps.step,
    CAST(CASE steps.step_number
        WHEN 1 THEN overall.before_cents + overall.sessionless_before_cents
        WHEN 2 THEN overall.session_cents
        WHEN 3 THEN overall.conversion_cents
        WHEN 4 THEN overall.value_cents
        WHEN 5 THEN overall.sessionless_cents
        ELSE overall.now_cents
    END AS DOUBLE PRECISION) / 100 AS revenue,
    CASE WHEN steps.step_number IN (1, 6) THEN 1 ELSE 0 END AS is_total
FROM steps
CROSS JOIN overall
WHERE overall.line_count > 0 AND (steps.step_number <> 5 OR overall.sessionless_cents <> 0)
ORDER BY steps.step_number
