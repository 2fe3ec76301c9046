-- title: Monitored metrics
-- description: What is watched from day to day. kind: a count; a rate (of a population); money (a sum that orders make up); a value (of one
--   order). direction: which way is bad. A change is told only where it is at least least_relative_change of what was
--   expected and least_absolute_change in itself, over a population of least_population, so that what is certain but
--   small stays quiet. stake: what money hangs on it. 'flow': sales follow the metric; 'loss': they do where it falls; 'share': the figures of
--   that share of the day's revenue rest on it. judged_overall, judged_segments: whether alarms speak of the whole, and of which segments.
-- grain: one row per metric
-- key: metric
-- param least_volume_change: 0.25
-- param least_money_change: 0.25
-- param least_value_change: 0.2
-- param least_rate_change: 0.25
-- param least_share_change: 0.05
-- param least_quality_change: 0.02
-- param least_population: 20
WITH metrics (metric, kind, direction, least_relative_change, least_absolute_change, least_population, stake, judged_overall, judged_segments) AS (
    VALUES
        ('events', 'count', 'both', :least_volume_change, 0, :least_population, 'flow', 1, 'event'),
        ('sessions', 'count', 'both', :least_volume_change, 0, :least_population, 'flow', 1, NULL),
        ('orders', 'count', 'both', :least_volume_change, 0, 3, 'flow', 1, NULL),
        ('revenue', 'money', 'both', :least_money_change, 0, 0, 'flow', 1, NULL),
        ('order_value', 'value', 'both', :least_value_change, 0, 3, 'flow', 1, NULL),
        ('cart_rate', 'rate', 'both', :least_rate_change, 0, :least_population, 'flow', 1, NULL),
        ('checkout_rate', 'rate', 'both', :least_rate_change, 0, :least_population, 'flow', 1, 'device'),
        ('conversion_rate', 'rate', 'both', :least_rate_change, 0, :least_population, 'flow', 1, NULL),
        ('checkout_completion', 'rate', 'drop', :least_rate_change, 0, 5, 'flow', 1, 'device'),
        ('direct_share', 'rate', 'both', 0, :least_share_change, :least_population, 'share', 1, NULL),
        ('channel_share', 'rate', 'both', :least_rate_change, :least_quality_change, :least_population, 'loss', 0, 'channel'),
        ('device_share', 'rate', 'both', 0, :least_share_change, :least_population, 'loss', 0, 'device'),
        ('assisted_share', 'rate', 'both', 0, 3 * :least_share_change, :least_population, 'share', 1, NULL),
        ('top_product_share', 'rate', 'rise', 0, 3 * :least_share_change, :least_population, 'share', 1, NULL),
        ('referrer_coverage', 'rate', 'both', 0, :least_share_change, :least_population, 'share', 1, NULL),
        ('campaign_tags', 'rate', 'drop', 0, :least_share_change, :least_population, 'share', 1, NULL),
        ('null_client', 'rate', 'rise', 0, :least_quality_change, :least_population, 'share', 1, 'device'),
        ('duplicates', 'rate', 'rise', 0, :least_quality_change, :least_population, 'share', 1, NULL),
        ('near_duplicates', 'rate', 'rise', 0, :least_quality_change, :least_population, 'share', 1, NULL),
        ('payload_errors', 'rate', 'rise', 0, :least_quality_change, :least_population, 'share', 1, NULL),
        ('payload_fields', 'rate', 'drop', 0, 0.1, 3, 'share', 0, 'field'),
        ('unknown_events', 'rate', 'rise', 0, :least_quality_change, :least_population, 'share', 1, NULL),
        ('rejected_rows', 'rate', 'rise', 0, :least_quality_change, :least_population, 'share', 1, NULL),
        ('bot_share', 'rate', 'both', 0, 2 * :least_share_change, :least_population, 'share', 1, NULL),
        ('repeated_orders', 'rate', 'rise', 0, :least_share_change, 3, 'share', 1, NULL),
        ('unpriced_orders', 'rate', 'rise', 0, :least_share_change, 3, 'share', 1, NULL)
)

SELECT
    metric,
    kind,
    direction,
    CAST(least_relative_change AS DOUBLE PRECISION) AS least_relative_change,
    CAST(least_absolute_change AS DOUBLE PRECISION) AS least_absolute_change,
    CAST(least_population AS BIGINT) AS least_population,
    stake,
    judged_overall,
    judged_segments
FROM metrics
