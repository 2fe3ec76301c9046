-- title: Assisted and direct purchases
-- description: assisted: the first and the last click differ, so more than one channel had a part in it. single_channel: they are
--   the same. pure_direct: no marketing click in the lookback.
-- section: Channels
-- chart: bar x=conversion_type y=revenue name=assisted_vs_direct
-- format: revenue money, purchases integer
WITH types (conversion_type, type_number) AS (
    VALUES ('assisted', 1), ('single_channel', 2), ('pure_direct', 3)
)

SELECT
    types.conversion_type,
    COUNT(purchase_attribution.order_key) AS purchases,
    CAST(COALESCE(CAST(SUM(purchase_attribution.revenue_cents) AS BIGINT), 0) AS DOUBLE PRECISION) / 100 AS revenue
FROM types
LEFT JOIN purchase_attribution ON purchase_attribution.conversion_type = types.conversion_type
GROUP BY types.conversion_type, types.type_number
ORDER BY types.type_number
