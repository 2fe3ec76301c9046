-- title: What to look into
-- description: What the quality stage found, and the remedy: what is critical first, then what touches the most revenue, then orders, then events;
--   of a check that found several things, the largest.
-- section: What to do next
-- kind: insight
-- format: found integer, orders integer, revenue money 0, events integer
-- param most_actions: 3
WITH failed AS (
    SELECT
        check_name,
        title,
        severity,
        subject_number,
        message,
        COALESCE(' ' || remedy, '') AS remedy,
        COALESCE(revenue_cents_touched, 0) AS revenue_cents,
        COALESCE(orders_touched, 0) AS orders,
        COALESCE(events_touched, 0) AS events,
        COUNT(*) OVER (PARTITION BY check_name) AS found,
        ROW_NUMBER() OVER (
            PARTITION BY check_name
            ORDER BY COALESCE(revenue_cents_touched, 0) DESC, COALESCE(orders_touched, 0) DESC, COALESCE(events_touched, 0) DESC, population DESC, subject_number
        ) AS message_rank
    FROM check_results
    WHERE stage = 'data_quality' AND severity IN ('critical', 'warn') AND passed = 0
),

ranked AS (
    SELECT failed.*, ROW_NUMBER() OVER (ORDER BY severity, revenue_cents DESC, orders DESC, events DESC, check_name) AS action_number
    FROM failed
    WHERE message_rank = 1
)

SELECT
    'note' AS tone,
    '{title}: {message}'
        || CASE
            WHEN revenue_cents > 0 AND orders > 1 THEN ' It touches {orders} orders worth {revenue}.'
            WHEN orders > 1 THEN ' It touches {orders} orders.'
            ELSE ''
        END
        || CASE WHEN found > 1 THEN ' ({found} findings in all.)' ELSE '' END || '{remedy}' AS sentence,
    title,
    message,
    remedy,
    found,
    orders,
    CAST(revenue_cents AS DOUBLE PRECISION) / 100 AS revenue,
    events
FROM ranked
WHERE action_number <= :most_actions
ORDER BY action_number
