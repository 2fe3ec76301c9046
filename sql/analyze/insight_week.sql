-- title: Revenue against the week before
-- description: What revenue did (or that there is none, or, without two complete weeks, what there is), and where it moved beyond chance what moved it: the exact split into sessions, conversion and order
--   value. One sentence more for each of sessions, conversion rate and order value that moved beyond chance by itself.
-- section: What happened
-- kind: insight
-- format: revenue money 0, revenue_before money 0, change percent 1, orders integer, orders_before integer, from_sessions money 0,
--   from_conversion money 0, from_order_value money 0, sessions integer, sessions_before integer, rate percent 2, rate_before percent 2,
--   order_value money, order_value_before money, export_orders integer, export_sessions integer, export_revenue money 0
WITH measures AS (
    SELECT
        MAX(CASE WHEN measure = 'revenue' THEN this_week END) AS revenue,
        MAX(CASE WHEN measure = 'revenue' THEN week_before END) AS revenue_before,
        MAX(CASE WHEN measure = 'revenue' THEN change END) AS revenue_change,
        MAX(CASE WHEN measure = 'revenue' THEN verdict END) AS revenue_verdict,
        MAX(CASE WHEN measure = 'orders' THEN this_week END) AS orders,
        MAX(CASE WHEN measure = 'orders' THEN week_before END) AS orders_before,
        MAX(CASE WHEN measure = 'sessions' THEN this_week END) AS sessions,
        MAX(CASE WHEN measure = 'sessions' THEN week_before END) AS sessions_before,
        MAX(CASE WHEN measure = 'sessions' THEN change END) AS sessions_change,
        MAX(CASE WHEN measure = 'sessions' THEN verdict END) AS sessions_verdict,
        MAX(CASE WHEN measure = 'conversion_rate' THEN this_week END) AS rate,
        MAX(CASE WHEN measure = 'conversion_rate' THEN week_before END) AS rate_before,
        MAX(CASE WHEN measure = 'conversion_rate' THEN change END) AS rate_change,
        MAX(CASE WHEN measure = 'conversion_rate' THEN verdict END) AS rate_verdict,
        MAX(CASE WHEN measure = 'avg_order_value' THEN this_week END) AS order_value,
        MAX(CASE WHEN measure = 'avg_order_value' THEN week_before END) AS order_value_before,
        MAX(CASE WHEN measure = 'avg_order_value' THEN change END) AS order_value_change,
        MAX(CASE WHEN measure = 'avg_order_value' THEN verdict END) AS order_value_verdict
    FROM week_on_week
),

export_totals AS (
    SELECT
        (SELECT COUNT(*) FROM orders) AS export_orders,
        (SELECT CAST(COALESCE(SUM(revenue_cents), 0) AS DOUBLE PRECISION) / 100 FROM orders) AS export_revenue,
        (SELECT CAST(COALESCE(SUM(sessions), 0) AS BIGINT) FROM session_counts WHERE is_bot = 0) AS export_sessions,
        (SELECT COUNT(*) FROM week_on_week WHERE measure = 'revenue' AND verdict <> 'unknown') AS compared
),

split AS (
    SELECT from_sessions, from_conversion, from_order_value
    FROM revenue_change
    WHERE dimension = 'all' AND segment = 'all sessions'
),

sentences AS (
    SELECT
        1 AS sentence_number,
        CASE WHEN revenue_verdict = 'up' THEN 'good' WHEN revenue_verdict = 'down' THEN 'bad' ELSE 'note' END AS tone,
        CASE
            WHEN revenue_verdict IN ('up', 'down') THEN 'Revenue of the last seven complete days was {revenue} from {orders} orders, after {revenue_before} from {orders_before} in the seven before: {direction} {change}, more than chance makes. Of that, sessions made {from_sessions}, the conversion rate {from_conversion} and the order value {from_order_value}.'
            ELSE 'Revenue of the last seven complete days was {revenue} from {orders} orders, after {revenue_before} from {orders_before} in the seven before: {direction} {change}, no more than chance makes.'
        END AS sentence,
        revenue_change AS change
    FROM measures
    CROSS JOIN export_totals
    WHERE revenue_verdict <> 'unknown' AND export_orders > 0
    UNION ALL
    SELECT
        1,
        CASE WHEN export_orders = 0 THEN 'bad' ELSE 'note' END,
        CASE
            WHEN export_orders = 0 AND export_sessions = 1 THEN 'There is no purchase in the export, which holds a single session.'
            WHEN export_orders = 0 THEN 'There is no purchase in the export, in {export_sessions} sessions: either nobody bought, or purchases are not recorded.'
            WHEN export_orders = 1 THEN 'The export holds one order, of {export_revenue}.'
            ELSE 'The export holds {export_orders} orders worth {export_revenue}.'
        END,
        CAST(NULL AS DOUBLE PRECISION)
    FROM export_totals
    WHERE export_orders = 0 OR compared = 0
    UNION ALL
    SELECT
        2,
        CASE WHEN sessions_verdict = 'up' THEN 'good' ELSE 'bad' END,
        'Sessions went from {sessions_before} to {sessions} in a week, {direction} {change}, bots left out.',
        sessions_change
    FROM measures
    WHERE sessions_verdict IN ('up', 'down')
    UNION ALL
    SELECT
        3,
        CASE WHEN rate_verdict = 'up' THEN 'good' ELSE 'bad' END,
        'The conversion rate went from {rate_before} to {rate} in a week, {direction} {change}.',
        rate_change
    FROM measures
    WHERE rate_verdict IN ('up', 'down')
    UNION ALL
    SELECT
        4,
        CASE WHEN order_value_verdict = 'up' THEN 'good' ELSE 'bad' END,
        'The average order value went from {order_value_before} to {order_value} in a week, {direction} {change}.',
        order_value_change
    FROM measures
    WHERE order_value_verdict IN ('up', 'down')
)

SELECT
    sentences.tone,
    sentences.sentence,
    measures.revenue,
    measures.revenue_before,
    ABS(sentences.change) AS change,
    CASE WHEN sentences.change > 0 THEN 'up' ELSE 'down' END AS direction,
    measures.orders,
    measures.orders_before,
    split.from_sessions,
    split.from_conversion,
    split.from_order_value,
    measures.sessions,
    measures.sessions_before,
    measures.rate,
    measures.rate_before,
    measures.order_value,
    measures.order_value_before,
    export_totals.export_orders,
    export_totals.export_sessions,
    export_totals.export_revenue
FROM sentences
CROSS JOIN measures
CROSS JOIN export_totals
LEFT JOIN split ON 1 = 1
ORDER BY sentences.sentence_number
