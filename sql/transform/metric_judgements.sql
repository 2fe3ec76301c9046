-- title: Metric judgements
-- description: Each series on each complete day, judged by the days before it alone, as if it were today: what was expected, the range in
--   which only one day in a thousand falls outside, and how likely so large a deviation is by chance (probability_ppb, in
--   billionths, of the bad direction only). The baseline is the mean of the last four weeks' same weekday, shrunk towards that
--   of all days by two pseudo-weeks, without incidents and known events; the scale is the size of the forecast's own past errors, never
--   below what chance alone makes. Reasoned and measured in sql/monitor/README.md.
-- grain: one row per series and complete day
-- key: metric, segment_kind, segment, day_number
-- cluster: metric, segment_kind, segment, day_number
-- index: day_number, metric
-- param baseline_weeks: 4
-- param weekday_pseudo_weeks: 2
-- param first_forecast_days: 4
-- param prior_days: 4
-- param band_deviations: 3.1
-- param power_deviations: 1.28
WITH usual_days AS (
    SELECT
        metric_days.*,
        metric_first_looks.day_deviation,
        metric_first_looks.least_deviation,
        metric_first_looks.is_usual,
        CASE WHEN metric_first_looks.is_usual = 1 THEN metric_days.level_micro END AS usual_level,
        CASE WHEN metric_first_looks.is_usual = 1 THEN metric_days.weight END AS usual_weight
    FROM metric_days
    JOIN metric_first_looks ON
        metric_first_looks.metric = metric_days.metric
        AND metric_first_looks.segment_kind = metric_days.segment_kind
        AND metric_first_looks.segment = metric_days.segment
        AND metric_first_looks.day_number = metric_days.day_number
),

pasts AS (
    SELECT
        usual_days.*,
        COUNT(*) OVER past AS history_days,
        COUNT(usual_level) OVER past AS past_days,
        CAST(COALESCE(SUM(usual_weight) OVER past, 0) AS BIGINT) AS past_weight,
        CAST(COALESCE(SUM(usual_weight * usual_level) OVER past, 0) AS BIGINT) AS past_level,
        CAST(COALESCE(SUM(usual_weight) OVER same_weekday, 0) AS BIGINT) AS weekday_weight,
        CAST(COALESCE(SUM(usual_weight * usual_level) OVER same_weekday, 0) AS BIGINT) AS weekday_level
    FROM usual_days
    WINDOW
        past AS (PARTITION BY metric, segment_kind, segment ORDER BY day_number ROWS BETWEEN 7 * :baseline_weeks PRECEDING AND 1 PRECEDING),
        same_weekday AS (PARTITION BY metric, segment_kind, segment, weekday ORDER BY day_number ROWS BETWEEN :baseline_weeks PRECEDING AND 1 PRECEDING)
),

forecasts AS (
    SELECT
        pasts.*,
        CASE WHEN past_days >= :first_forecast_days AND past_weight > 0
            THEN weekday_weight + :weekday_pseudo_weeks * CAST(past_weight AS DOUBLE PRECISION) / past_days
        END AS base_weight,
        CASE WHEN past_days >= :first_forecast_days AND past_weight > 0
            THEN (weekday_level + :weekday_pseudo_weeks * CAST(past_level AS DOUBLE PRECISION) / past_days)
                / (weekday_weight + :weekday_pseudo_weeks * CAST(past_weight AS DOUBLE PRECISION) / past_days)
        END AS base_level
    FROM pasts
),

deviations AS (
    SELECT
        forecasts.*,
        -- What one standard deviation of the day is on the metric's scale, but for the scale's own size.
        CASE WHEN weight > 0 THEN SQRT((1 + CAST(weight AS DOUBLE PRECISION) / base_weight) / weight) END AS day_spread,
        (level_micro - base_level) / 1000000
        * SQRT(CAST(weight AS DOUBLE PRECISION) / (1 + CAST(weight AS DOUBLE PRECISION) / base_weight)) AS deviation
    FROM forecasts
),

with_scale AS (
    SELECT
        deviations.*,
        COUNT(CASE WHEN is_usual = 1 THEN deviation END) OVER past AS scored_days,
        CAST(COALESCE(SUM(CASE
            WHEN is_usual = 1 THEN CAST(FLOOR(ABS(deviation) * 1000000 + CAST(0.5 AS DOUBLE PRECISION)) AS BIGINT)
        END) OVER past, 0) AS BIGINT) AS past_deviation
    FROM deviations
    WINDOW past AS (PARTITION BY metric, segment_kind, segment ORDER BY day_number ROWS BETWEEN 7 * :baseline_weeks PRECEDING AND 1 PRECEDING)
),

estimates AS (
    SELECT
        with_scale.*,
        CAST(scored_days + :prior_days AS DOUBLE PRECISION) AS freedom,
        (CAST(1.2533141 AS DOUBLE PRECISION) * past_deviation / 1000000 + :prior_days * day_deviation) / (scored_days + :prior_days) AS estimated
    FROM with_scale
),

scales AS (
    SELECT
        estimates.*,
        CASE WHEN estimated > least_deviation THEN estimated ELSE least_deviation END AS scale,
        CASE WHEN estimated > least_deviation THEN 1 ELSE 0 END AS is_estimated
    FROM estimates
),

-- A scale that was estimated from few days is uncertain: Student's t, brought to the normal by Wallace's formula (1959) and back.
-- Where chance alone sets the scale there is nothing uncertain about it.
normals AS (
    SELECT
        scales.*,
        CASE WHEN is_estimated = 1
            THEN SQRT(freedom * LN(1 + (deviation / scale) * (deviation / scale) / freedom)) * (8 * freedom + 1) / (8 * freedom + 3)
            ELSE ABS(deviation / scale)
        END AS distance,
        CASE WHEN is_estimated = 1
            THEN SQRT(freedom * (EXP(
                (:band_deviations * (8 * freedom + 3) / (8 * freedom + 1)) * (:band_deviations * (8 * freedom + 3) / (8 * freedom + 1)) / freedom
            ) - 1))
            ELSE :band_deviations
        END AS band
    FROM scales
),

tails AS (
    SELECT
        normals.*,
        -- The normal tail: Abramowitz and Stegun 26.2.17. Beyond 37 deviations it is smaller than a number can be, which PostgreSQL calls an error.
        CASE WHEN distance < 37 THEN EXP(-distance * distance / 2) ELSE CAST(0 AS DOUBLE PRECISION) END / CAST(2.5066283 AS DOUBLE PRECISION)
        * (
            CAST(0.319381530 AS DOUBLE PRECISION) / (1 + CAST(0.2316419 AS DOUBLE PRECISION) * distance)
            - CAST(0.356563782 AS DOUBLE PRECISION) / POWER(1 + CAST(0.2316419 AS DOUBLE PRECISION) * distance, CAST(2 AS DOUBLE PRECISION))
            + CAST(1.781477937 AS DOUBLE PRECISION) / POWER(1 + CAST(0.2316419 AS DOUBLE PRECISION) * distance, CAST(3 AS DOUBLE PRECISION))
            - CAST(1.821255978 AS DOUBLE PRECISION) / POWER(1 + CAST(0.2316419 AS DOUBLE PRECISION) * distance, CAST(4 AS DOUBLE PRECISION))
            + CAST(1.330274429 AS DOUBLE PRECISION) / POWER(1 + CAST(0.2316419 AS DOUBLE PRECISION) * distance, CAST(5 AS DOUBLE PRECISION))
        ) AS tail
    FROM normals
),

directed AS (
    SELECT
        tails.*,
        monitored_metrics.direction,
        CASE
            WHEN monitored_metrics.direction = 'both' THEN 2 * tail
            WHEN (monitored_metrics.direction = 'drop' AND deviation <= 0) OR (monitored_metrics.direction = 'rise' AND deviation >= 0) THEN tail
            ELSE 1 - tail
        END AS probability
    FROM tails
    JOIN monitored_metrics ON monitored_metrics.metric = tails.metric
),

-- Where the expected level, the range and the least drop (or rise) that would be found in nine of ten cases lie, on the metric's scale.
marks (mark) AS (
    VALUES ('expected'), ('low'), ('high'), ('found_low'), ('found_high')
),

marked AS (
    SELECT
        directed.metric,
        directed.segment_kind,
        directed.segment,
        directed.day_number,
        directed.kind,
        directed.scale,
        marks.mark,
        directed.base_level / 1000000 + CASE marks.mark
            WHEN 'expected' THEN 0
            WHEN 'low' THEN -band * scale * day_spread
            WHEN 'high' THEN band * scale * day_spread
            WHEN 'found_low' THEN -(band + :power_deviations) * scale * day_spread
            ELSE (band + :power_deviations) * scale * day_spread
        END AS level
    FROM directed
    CROSS JOIN marks
),

-- Back to counts, rates and cents. The mean of a count lies above the square of the mean of its root by a quarter of its variance.
figures AS (
    SELECT
        marked.*,
        CASE
            WHEN kind = 'value' THEN EXP(level)
            WHEN level <= 0 THEN 0
            WHEN kind = 'count' THEN level * level / 4 - CAST(0.375 AS DOUBLE PRECISION) + CASE WHEN mark = 'expected' THEN scale * scale / 4 ELSE 0 END
            WHEN kind = 'money' THEN level * level / 4 + CASE WHEN mark = 'expected' THEN scale * scale / 4 ELSE 0 END
            WHEN level >= CAST(3.1415926 AS DOUBLE PRECISION) THEN 1
            ELSE SIN(level / 2) * SIN(level / 2)
        END AS figure
    FROM marked
),

ranges AS (
    SELECT
        metric,
        segment_kind,
        segment,
        day_number,
        MAX(CASE WHEN mark = 'expected' THEN CAST(FLOOR(figure * 1000000 + CAST(0.5 AS DOUBLE PRECISION)) AS BIGINT) END) AS expected_micro,
        MAX(CASE WHEN mark = 'low' THEN CAST(FLOOR(figure * 1000000 + CAST(0.5 AS DOUBLE PRECISION)) AS BIGINT) END) AS low_micro,
        MAX(CASE WHEN mark = 'high' THEN CAST(FLOOR(figure * 1000000 + CAST(0.5 AS DOUBLE PRECISION)) AS BIGINT) END) AS high_micro,
        MAX(CASE WHEN mark = 'found_low' THEN CAST(FLOOR(figure * 1000000 + CAST(0.5 AS DOUBLE PRECISION)) AS BIGINT) END) AS found_low_micro,
        MAX(CASE WHEN mark = 'found_high' THEN CAST(FLOOR(figure * 1000000 + CAST(0.5 AS DOUBLE PRECISION)) AS BIGINT) END) AS found_high_micro
    FROM figures
    GROUP BY metric, segment_kind, segment, day_number
)

SELECT
    directed.metric,
    directed.segment_kind,
    directed.segment,
    directed.day_number,
    directed.event_date,
    directed.kind,
    directed.numerator,
    directed.denominator,
    directed.history_days,
    directed.is_usual,
    directed.known_event,
    directed.is_muted,
    CASE WHEN directed.denominator > 0 THEN CAST(directed.numerator AS DOUBLE PRECISION) / directed.denominator END AS observed,
    CAST(CASE WHEN ranges.expected_micro > 0 THEN ranges.expected_micro ELSE 0 END AS DOUBLE PRECISION) / 1000000 AS expected,
    CAST(CASE WHEN ranges.low_micro > 0 THEN ranges.low_micro ELSE 0 END AS DOUBLE PRECISION) / 1000000 AS low,
    CAST(CASE WHEN ranges.high_micro > 0 THEN ranges.high_micro ELSE 0 END AS DOUBLE PRECISION) / 1000000 AS high,
    CAST(CASE WHEN ranges.found_low_micro > 0 THEN ranges.found_low_micro ELSE 0 END AS DOUBLE PRECISION) / 1000000 AS found_low,
    CAST(CASE WHEN ranges.found_high_micro > 0 THEN ranges.found_high_micro ELSE 0 END AS DOUBLE PRECISION) / 1000000 AS found_high,
    CASE WHEN directed.deviation < 0 THEN -1 ELSE 1 END AS side,
    CAST(FLOOR(directed.probability * 1000000000 + CAST(0.5 AS DOUBLE PRECISION)) AS BIGINT) AS probability_ppb
FROM directed
JOIN ranges ON
    ranges.metric = directed.metric
    AND ranges.segment_kind = directed.segment_kind
    AND ranges.segment = directed.segment
    AND ranges.day_number = directed.day_number
