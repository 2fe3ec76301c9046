-- title: Orders that no channel can claim
-- description: The share of revenue without any marketing click in the lookback. It is not proof that nobody paid for it: an
--   untagged link, a second device or a click longer ago look the same.
-- section: Channels
-- kind: insight
-- format: revenue money, share percent 1, purchases integer
-- param least_direct_share: 0.25
WITH totals AS (
    SELECT CAST(CAST(SUM(revenue_cents) AS BIGINT) AS DOUBLE PRECISION) / 100 AS revenue FROM orders
)

SELECT
    'bad' AS tone,
    '{share} of revenue ({revenue}, {purchases} orders) has no tagged click in the days before the purchase, so no channel can be credited with it or blamed for it.' AS sentence,
    assisted_vs_direct.purchases,
    assisted_vs_direct.revenue,
    assisted_vs_direct.revenue / totals.revenue AS share
FROM assisted_vs_direct
CROSS JOIN totals
WHERE assisted_vs_direct.conversion_type = 'pure_direct'
    AND totals.revenue > 0
    AND assisted_vs_direct.revenue / totals.revenue >= :least_direct_share
