-- title: Revenue that no channel can claim
-- description: The share of revenue without any tagged click in the lookback, and how much of it came with other evidence (a click id, a
--   referrer from outside). The rest is not proof that nobody paid for it: an untagged link, a second device or a click longer
--   ago look the same. Links in ads, mailings and those of partners can be tagged; what a search or another site shows can't.
-- section: What to do next
-- kind: insight
-- format: revenue money 0, share percent 0, purchases integer, evident_revenue money 0, evident_share percent 0, group_revenue money 0,
--   group_orders integer, tagless_revenue money 0, tagless_orders integer
-- param lookback_days: 7
-- param least_direct_share: 0.25
-- param least_evident_share: 0.1
-- param least_tagless_share: 0.05
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

taggable AS (
    SELECT channel_group, orders, revenue, ROW_NUMBER() OVER (ORDER BY revenue DESC, channel_group) AS group_rank
    FROM hidden_direct
    WHERE orders > 0
        AND channel_group NOT IN ('Direct', 'Unassigned', 'Referral', 'AI Assistant', 'Organic Search', 'Organic Shopping', 'Organic Social', 'Organic Video')
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
        evidence.revenue AS group_revenue,
        taggable.channel_group AS tagless_group,
        taggable.orders AS tagless_orders,
        taggable.revenue AS tagless_revenue
    FROM direct_orders
    CROSS JOIN no_evidence
    LEFT JOIN evidence ON evidence.group_rank = 1
    LEFT JOIN taggable ON taggable.group_rank = 1 AND taggable.revenue >= :least_tagless_share * direct_orders.revenue
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
        'Read the untagged revenue by channel group: {evident_revenue} of it ({evident_share}) shows by a click id or the site before where it came from, the largest part ({group_revenue}) {channel_group}.'
    UNION ALL
    SELECT
        3,
        'note',
        CASE
            WHEN findings.tagless_orders = 1 THEN 'Put utm_source on the links of {tagless_group}: one order, of {tagless_revenue}, came from there without it.'
            ELSE 'Put utm_source on the links of {tagless_group}: {tagless_orders} orders worth {tagless_revenue} came from there without it.'
        END
    FROM findings
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
    findings.tagless_group,
    findings.tagless_orders,
    findings.tagless_revenue,
    :lookback_days AS lookback_days
FROM findings
CROSS JOIN sentences
WHERE sentences.sentence_number = 1
    OR (sentences.sentence_number = 2 AND findings.channel_group IS NOT NULL AND findings.evident_share >= :least_evident_share)
    OR (sentences.sentence_number = 3 AND findings.tagless_group IS NOT NULL)
ORDER BY sentences.sentence_number
