-- title: Revenue that no channel can claim
-- description: The share of revenue without any tagged click in the lookback, and how much of it came with other evidence (a click id, a
--   referrer from outside). The rest is not proof that nobody paid for it: an untagged link, a second device or a click longer
--   ago look the same. What to do about it follows.
-- section: What to do next
-- kind: insight
-- format: revenue money 0, share percent 0, purchases integer, evident_revenue money 0, evident_share percent 0, group_revenue money 0,
--   group_orders integer
-- param lookback_days: 7
-- param least_direct_share: 0.25
-- param least_evident_share: 0.1
WITH totals AS (
    SELECT CAST(CAST(SUM(revenue_cents) AS BIGINT) AS DOUBLE PRECISION) / 100 AS revenue FROM orders
),

direct_orders AS (
    SELECT assisted_vs_direct.purchases, assisted_vs_direct.revenue, assisted_vs_direct.revenue / totals.revenue AS share
    FROM assisted_vs_direct
    CROSS JOIN totals
    WHERE assisted_vs_direct.conversion_type = 'pure_direct' AND totals.revenue > 0
),

evidence AS (
    SELECT channel_group, orders, revenue, ROW_NUMBER() OVER (ORDER BY revenue DESC, channel_group) AS group_rank
    FROM hidden_direct
    WHERE channel_group <> 'Direct' AND orders > 0
),

no_evidence AS (
    SELECT COALESCE(MAX(revenue), 0) AS revenue FROM hidden_direct WHERE channel_group = 'Direct'
),

findings AS (
    SELECT
        direct_orders.*,
        direct_orders.revenue - no_evidence.revenue AS evident_revenue,
        (direct_orders.revenue - no_evidence.revenue) / NULLIF(direct_orders.revenue, 0) AS evident_share,
        evidence.channel_group,
        evidence.orders AS group_orders,
        evidence.revenue AS group_revenue
    FROM direct_orders
    CROSS JOIN no_evidence
    LEFT JOIN evidence ON evidence.group_rank = 1
    WHERE direct_orders.share >= :least_direct_share
),

sentences AS (
    SELECT
        1 AS sentence_number,
        'bad' AS tone,
        '{share} of revenue ({revenue}) has no tagged click in the {lookback_days} days before the purchase, so no channel can be credited with it or blamed for it.' AS sentence
    UNION ALL
    SELECT
        2,
        'note',
        'Tag the links that lead to the shop without utm_source: {evident_revenue} of the untagged revenue ({evident_share}) came with a click id or from another site, most of it ({group_revenue}) as {channel_group}.'
)

SELECT
    sentences.tone,
    sentences.sentence,
    findings.purchases,
    findings.revenue,
    findings.share,
    findings.evident_revenue,
    findings.evident_share,
    findings.channel_group,
    findings.group_orders,
    findings.group_revenue,
    :lookback_days AS lookback_days
FROM findings
CROSS JOIN sentences
WHERE sentences.sentence_number = 1 OR (findings.channel_group IS NOT NULL AND findings.evident_share >= :least_evident_share)
ORDER BY sentences.sentence_number
