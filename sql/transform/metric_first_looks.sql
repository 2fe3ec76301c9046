-- title: Metric first looks
-- description: Which days of a series later days may be measured by, and how much chance there is in it before its own past has told.
--   A first, rough judgement of each day by the days before it, whatever they were: a day that stands far off is left out,
--   as are those of known events. After a week or two a new level is no incident any more, but what is usual.
--   unit_deviation is what chance alone makes on the metric's scale: 1 for counts and rates, for sums of money what comes of how
--   many orders there are and of how their worth differs; day_deviation adds the noise of days that no count explains.
-- grain: one row per series and complete day
-- key: metric, segment_kind, segment, day_number
-- cluster: metric, segment_kind, segment, day_number
-- param baseline_weeks: 4
-- param weekday_pseudo_weeks: 2
-- param first_forecast_days: 4
-- param prior_days: 4
-- param incident_deviations: 3.5
-- param clip_deviations: 3.0
-- param usual_daily_noise: 0.1
-- param usual_order_value_deviation: 0.8
-- param least_order_value_deviation: 0.5
WITH pasts AS (
    SELECT
        metric_days.*,
        COUNT(level_micro) OVER past AS past_days,
        CAST(COALESCE(SUM(weight) OVER past, 0) AS BIGINT) AS past_weight,
        CAST(COALESCE(SUM(weight * level_micro) OVER past, 0) AS BIGINT) AS past_level,
        CAST(COALESCE(SUM(numerator) OVER past, 0) AS BIGINT) AS past_numerator,
        CAST(COALESCE(SUM(denominator) OVER past, 0) AS BIGINT) AS past_denominator,
        CAST(COALESCE(SUM(unit_count) OVER past, 0) AS BIGINT) AS past_units,
        CAST(COALESCE(SUM(weight) OVER same_weekday, 0) AS BIGINT) AS weekday_weight,
        CAST(COALESCE(SUM(weight * level_micro) OVER same_weekday, 0) AS BIGINT) AS weekday_level
    FROM metric_days
    WINDOW
        past AS (PARTITION BY metric, segment_kind, segment ORDER BY day_number ROWS BETWEEN 7 * :baseline_weeks PRECEDING AND 1 PRECEDING),
        same_weekday AS (PARTITION BY metric, segment_kind, segment, weekday ORDER BY day_number ROWS BETWEEN :baseline_weeks PRECEDING AND 1 PRECEDING)
),

-- The mean of the weekday, and of all days as if they were two more weeks of that weekday.
forecasts AS (
    SELECT
        pasts.*,
        weekday_weight + :weekday_pseudo_weeks * CAST(past_weight AS DOUBLE PRECISION) / past_days AS base_weight,
        (weekday_level + :weekday_pseudo_weeks * CAST(past_level AS DOUBLE PRECISION) / past_days)
        / (weekday_weight + :weekday_pseudo_weeks * CAST(past_weight AS DOUBLE PRECISION) / past_days) AS base_level,
        CASE WHEN past_denominator > 0 THEN CAST(past_numerator AS DOUBLE PRECISION) / past_denominator ELSE 0 END AS past_rate,
        CASE WHEN past_units > 0 AND past_numerator > 0 THEN SQRT(CAST(past_numerator AS DOUBLE PRECISION) / past_units) ELSE CAST(1 AS DOUBLE PRECISION) END AS root_of_unit
    FROM pasts
    WHERE past_days >= :first_forecast_days
        AND past_weight > 0
),

-- The deviation of a sum on its scale, were all orders worth the same.
units AS (
    SELECT
        forecasts.*,
        root_of_unit / SQRT(CASE WHEN base_level > 3000000 THEN base_level / 3000000 ELSE CAST(1 AS DOUBLE PRECISION) END) AS money_unit
    FROM forecasts
),

deviations AS (
    SELECT
        units.*,
        CASE kind
            WHEN 'money' THEN money_unit * SQRT(1 + :usual_order_value_deviation * :usual_order_value_deviation)
            WHEN 'value' THEN :usual_order_value_deviation
            ELSE CAST(1 AS DOUBLE PRECISION)
        END AS unit_deviation,
        CASE kind
            WHEN 'money' THEN money_unit
            WHEN 'value' THEN :least_order_value_deviation
            ELSE CAST(1 AS DOUBLE PRECISION)
        END AS least_deviation,
        CASE kind
            WHEN 'rate' THEN :usual_daily_noise * SQRT(CASE WHEN past_rate < 1 THEN past_rate * (1 - past_rate) ELSE 0 END * weight)
            WHEN 'value' THEN :usual_daily_noise * SQRT(CAST(weight AS DOUBLE PRECISION)) / 2
            WHEN 'money' THEN :usual_daily_noise * base_level / 3000000
            ELSE :usual_daily_noise * base_level / 2000000
        END AS day_noise,
        (level_micro - base_level) / 1000000
        * SQRT(CAST(weight AS DOUBLE PRECISION) / (1 + CAST(weight AS DOUBLE PRECISION) / base_weight)) AS deviation
    FROM units
),

-- Clipped, so that one incident does not hide the next.
clipped AS (
    SELECT
        deviations.*,
        SQRT(unit_deviation * unit_deviation + day_noise * day_noise) AS day_deviation,
        CASE
            WHEN ABS(deviation) > :clip_deviations * SQRT(unit_deviation * unit_deviation + day_noise * day_noise)
                THEN :clip_deviations * SQRT(unit_deviation * unit_deviation + day_noise * day_noise)
            ELSE ABS(deviation)
        END AS clipped_deviation
    FROM deviations
),

with_scale AS (
    SELECT
        clipped.*,
        COUNT(deviation) OVER past AS scored_days,
        CAST(COALESCE(SUM(CAST(FLOOR(clipped_deviation * 1000000 + CAST(0.5 AS DOUBLE PRECISION)) AS BIGINT)) OVER past, 0) AS BIGINT) AS past_deviation
    FROM clipped
    WINDOW past AS (PARTITION BY metric, segment_kind, segment ORDER BY day_number ROWS BETWEEN 7 * :baseline_weeks PRECEDING AND 1 PRECEDING)
),

-- 1.2533 = sqrt(pi / 2): from the mean absolute to the standard deviation. The prior counts as so many days.
scales AS (
    SELECT
        with_scale.*,
        (CAST(1.2533141 AS DOUBLE PRECISION) * past_deviation / 1000000 + :prior_days * day_deviation) / (scored_days + :prior_days) AS scale
    FROM with_scale
)

SELECT
    metric_days.metric,
    metric_days.segment_kind,
    metric_days.segment,
    metric_days.day_number,
    scales.day_deviation,
    scales.least_deviation,
    CASE
        WHEN metric_days.known_event IS NOT NULL THEN 0
        WHEN ABS(scales.deviation) > :incident_deviations * CASE WHEN scales.scale > scales.least_deviation THEN scales.scale ELSE scales.least_deviation END THEN 0
        ELSE 1
    END AS is_usual
FROM metric_days
LEFT JOIN scales ON
    scales.metric = metric_days.metric
    AND scales.segment_kind = metric_days.segment_kind
    AND scales.segment = metric_days.segment
    AND scales.day_number = metric_days.day_number
