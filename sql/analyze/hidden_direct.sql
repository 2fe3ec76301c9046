-- title: What "direct" hides
-- description: Sessions without utm_source, by what else says where they came from: a click id or a referrer from outside puts them into a
--   channel group; 'Direct' is what is left without any evidence. And the orders without a tagged click in the lookback, by the
--   latest visit of the buyer in it that has such evidence.
-- section: Attribution
-- chart: bar x=channel_group y=revenue
-- format: sessions integer, orders integer, revenue money, share_of_direct_revenue percent 1
-- param lookback_days: 7
WITH direct_orders AS (
    SELECT orders.order_key, orders.client_key, orders.session_number, orders.occurred_at_ms, orders.revenue_cents
    FROM purchase_attribution
    JOIN orders ON orders.order_key = purchase_attribution.order_key
    WHERE purchase_attribution.conversion_type = 'pure_direct'
),

visits_before AS (
    SELECT
        direct_orders.order_key,
        sessions.channel_group,
        ROW_NUMBER() OVER (PARTITION BY direct_orders.order_key ORDER BY sessions.session_number DESC) AS visit_from_last
    FROM direct_orders
    JOIN sessions ON
        sessions.client_key = direct_orders.client_key
        AND sessions.session_number <= direct_orders.session_number
        AND sessions.ended_at_ms >= direct_orders.occurred_at_ms - :lookback_days * 86400000
    WHERE sessions.channel_group <> 'Direct'
),

order_groups AS (
    SELECT
        COALESCE(visits_before.channel_group, 'Direct') AS channel_group,
        COUNT(*) AS orders,
        CAST(SUM(direct_orders.revenue_cents) AS BIGINT) AS revenue_cents
    FROM direct_orders
    LEFT JOIN visits_before ON visits_before.order_key = direct_orders.order_key AND visits_before.visit_from_last = 1
    GROUP BY COALESCE(visits_before.channel_group, 'Direct')
),

session_groups AS (
    SELECT channel_group, CAST(SUM(sessions) AS BIGINT) AS sessions
    FROM session_counts
    WHERE channel = 'direct' AND is_bot = 0
    GROUP BY channel_group
),

groups_there AS (
    SELECT channel_group FROM order_groups
    UNION
    SELECT channel_group FROM session_groups
)

SELECT
    groups_there.channel_group,
    COALESCE(session_groups.sessions, 0) AS sessions,
    COALESCE(order_groups.orders, 0) AS orders,
    CAST(COALESCE(order_groups.revenue_cents, 0) AS DOUBLE PRECISION) / 100 AS revenue,
    CAST(COALESCE(order_groups.revenue_cents, 0) AS DOUBLE PRECISION)
        / NULLIF(CAST(SUM(order_groups.revenue_cents) OVER () AS BIGINT), 0) AS share_of_direct_revenue
FROM groups_there
LEFT JOIN order_groups ON order_groups.channel_group = groups_there.channel_group
LEFT JOIN session_groups ON session_groups.channel_group = groups_there.channel_group
ORDER BY COALESCE(order_groups.revenue_cents, 0) DESC, COALESCE(session_groups.sessions, 0) DESC, groups_there.channel_group
