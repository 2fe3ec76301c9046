-- title: Metric days
-- description: Each watched series on every complete day, zeros included, on a scale on which its chance is the same at every level:
--   2 sqrt(x + 3/8) for counts (Anscombe 1948), 2 asin(sqrt(p)) for rates, 3 cbrt(x) for sums of money (Wilson and Hilferty 1931: few
--   orders of very different worth), the logarithm for the value of an order. level_micro is in millionths, whole, so that sums of it are exact and the same on every engine. weight is the
--   population whose chance averages out: visits of a rate, orders of a value, 1 for counts and sums.
-- grain: one row per series and complete day
-- key: metric, segment_kind, segment, day_number
-- cluster: metric, segment_kind, segment, day_number
WITH all_series AS (
    SELECT metric, segment_kind, segment
    FROM daily_metrics
    GROUP BY metric, segment_kind, segment
),

dense AS (
    SELECT
        all_series.metric,
        all_series.segment_kind,
        all_series.segment,
        days.day_number,
        days.event_date,
        days.weekday,
        monitored_metrics.kind,
        COALESCE(daily_metrics.numerator, 0) AS numerator,
        CASE WHEN monitored_metrics.kind IN ('count', 'money') THEN 1 ELSE COALESCE(daily_metrics.denominator, 0) END AS denominator,
        COALESCE(daily_metrics.unit_count, 0) AS unit_count,
        known_days.known_event,
        COALESCE(known_days.is_muted, 0) AS is_muted
    FROM all_series
    JOIN monitored_metrics ON monitored_metrics.metric = all_series.metric
    CROSS JOIN days
    LEFT JOIN daily_metrics ON
        daily_metrics.metric = all_series.metric
        AND daily_metrics.segment_kind = all_series.segment_kind
        AND daily_metrics.segment = all_series.segment
        AND daily_metrics.event_date = days.event_date
    LEFT JOIN known_days ON
        known_days.metric = all_series.metric
        AND known_days.event_date = days.event_date
    WHERE days.is_complete = 1
),

levels AS (
    SELECT
        dense.*,
        CASE
            WHEN kind = 'count' THEN 2 * SQRT(CAST(numerator AS DOUBLE PRECISION) + CAST(0.375 AS DOUBLE PRECISION))
            WHEN kind = 'money' THEN 3 * POWER(CAST(CASE WHEN numerator > 0 THEN numerator ELSE 0 END AS DOUBLE PRECISION), CAST(1 AS DOUBLE PRECISION) / 3)
            WHEN denominator <= 0 THEN NULL
            WHEN kind = 'rate' THEN 2 * ASIN(SQRT(
                (CAST(CASE WHEN numerator > denominator THEN denominator ELSE numerator END AS DOUBLE PRECISION) + CAST(0.375 AS DOUBLE PRECISION))
                / (CAST(denominator AS DOUBLE PRECISION) + CAST(0.75 AS DOUBLE PRECISION))
            ))
            WHEN numerator > 0 THEN LN(CAST(numerator AS DOUBLE PRECISION) / denominator)
        END AS level
    FROM dense
)

SELECT
    metric,
    segment_kind,
    segment,
    day_number,
    event_date,
    weekday,
    kind,
    numerator,
    denominator,
    unit_count,
    known_event,
    is_muted,
    CASE WHEN level IS NULL THEN 0 ELSE denominator END AS weight,
    CAST(FLOOR(level * 1000000 + CAST(0.5 AS DOUBLE PRECISION)) AS BIGINT) AS level_micro
FROM levels
