-- title: Metric judgements
-- description: Each series on each complete day, judged by the days before it alone, as if it were today: what was expected, the range in
--   which only one day in a thousand falls outside, and how likely so large a deviation is by chance (probability_ppb, in
--   billionths, of the bad direction only). The baseline is the mean of the last four weeks' same weekday, shrunk towards that
--   of all days by two pseudo-weeks, without incidents and known events; the scale is the size of the forecast's own past errors, never
--   below what chance alone makes. found_low and found_high are the levels of which the day would be raised in nine of ten cases, by itself,
--   among all checks, in the bad direction and by the least change of monitored_metrics. Reasoned and measured in sql/monitor/README.md.
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
-- param false_alarm_rate: 0.02
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

-- One day raises by itself where its chance is within the share of a check among all, and of a series among the check's.
rarities AS (
    SELECT
        scales.*,
        monitored_metrics.direction,
        monitored_metrics.least_relative_change,
        monitored_metrics.least_absolute_change,
        SQRT(-2 * LN(
            CAST(:false_alarm_rate AS DOUBLE PRECISION) / CASE WHEN monitored_metrics.direction = 'both' THEN 2 ELSE 1 END
            / (SELECT SUM(judged_overall) + COUNT(judged_segments) FROM monitored_metrics)
            / COUNT(*) OVER (PARTITION BY scales.metric, scales.segment_kind, scales.day_number)
        )) AS rarity
    FROM scales
    JOIN monitored_metrics ON monitored_metrics.metric = scales.metric
),

-- The normal deviation of that chance: Abramowitz and Stegun 26.2.22.
thresholds AS (
    SELECT
        rarities.*,
        rarity - (CAST(2.30753 AS DOUBLE PRECISION) + CAST(0.27061 AS DOUBLE PRECISION) * rarity)
        / (1 + CAST(0.99229 AS DOUBLE PRECISION) * rarity + CAST(0.04481 AS DOUBLE PRECISION) * rarity * rarity) AS alarm_deviations
    FROM rarities
),

-- A scale that was estimated from few days is uncertain: Student's t, brought to the normal by Wallace's formula (1959) and back.
-- Where chance alone sets the scale there is nothing uncertain about it.
normals AS MATERIALIZED (
    SELECT
        thresholds.*,
        CASE WHEN is_estimated = 1
            THEN SQRT(freedom * LN(1 + (deviation / scale) * (deviation / scale) / freedom)) * (8 * freedom + 1) / (8 * freedom + 3)
            ELSE ABS(deviation / scale)
        END AS distance,
        CASE WHEN is_estimated = 1
            THEN SQRT(freedom * (EXP(
                (:band_deviations * (8 * freedom + 3) / (8 * freedom + 1)) * (:band_deviations * (8 * freedom + 3) / (8 * freedom + 1)) / freedom
            ) - 1))
            ELSE :band_deviations
        END AS band,
        CASE WHEN is_estimated = 1
            THEN SQRT(freedom * (EXP(
                (alarm_deviations * (8 * freedom + 3) / (8 * freedom + 1)) * (alarm_deviations * (8 * freedom + 3) / (8 * freedom + 1)) / freedom
            ) - 1))
            ELSE alarm_deviations
        END AS alarm_band
    FROM thresholds
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
        CASE
            WHEN direction = 'both' THEN 2 * tail
            WHEN (direction = 'drop' AND deviation <= 0) OR (direction = 'rise' AND deviation >= 0) THEN tail
            ELSE 1 - tail
        END AS probability
    FROM tails
),

-- Where the expected level, the range, what raises and what does so in nine of ten cases lie, on the metric's scale.
marks (mark) AS (
    VALUES ('expected'), ('low'), ('high'), ('alarm_low'), ('alarm_high'), ('found_low'), ('found_high')
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
            WHEN 'alarm_low' THEN -alarm_band * scale * day_spread
            WHEN 'alarm_high' THEN alarm_band * scale * day_spread
            WHEN 'found_low' THEN -(alarm_band + :power_deviations) * scale * day_spread
            ELSE (alarm_band + :power_deviations) * scale * day_spread
        END AS level
    FROM directed
    CROSS JOIN marks
),

-- Back to counts, rates and cents. The mean of a count lies above the square of the mean of its root by a quarter of its variance; the
-- mean of a sum in the same way.
figures AS (
    SELECT
        marked.*,
        CASE
            WHEN kind = 'value' THEN EXP(level)
            WHEN level <= 0 THEN 0
            WHEN kind = 'count' THEN level * level / 4 - CAST(0.375 AS DOUBLE PRECISION) + CASE WHEN mark = 'expected' THEN scale * scale / 4 ELSE 0 END
            WHEN kind = 'money' THEN level * level * level / 27 + CASE WHEN mark = 'expected' THEN scale * scale * level / 9 ELSE 0 END
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
        MAX(CASE WHEN mark = 'alarm_low' THEN CAST(FLOOR(figure * 1000000 + CAST(0.5 AS DOUBLE PRECISION)) AS BIGINT) END) AS alarm_low_micro,
        MAX(CASE WHEN mark = 'alarm_high' THEN CAST(FLOOR(figure * 1000000 + CAST(0.5 AS DOUBLE PRECISION)) AS BIGINT) END) AS alarm_high_micro,
        MAX(CASE WHEN mark = 'found_low' THEN CAST(FLOOR(figure * 1000000 + CAST(0.5 AS DOUBLE PRECISION)) AS BIGINT) END) AS found_low_micro,
        MAX(CASE WHEN mark = 'found_high' THEN CAST(FLOOR(figure * 1000000 + CAST(0.5 AS DOUBLE PRECISION)) AS BIGINT) END) AS found_high_micro
    FROM figures
    GROUP BY metric, segment_kind, segment, day_number
),

-- What the least change of monitored_metrics asks for beyond what chance does is asked for in finding too.
margins AS (
    SELECT
        directed.*,
        ranges.expected_micro,
        ranges.low_micro,
        ranges.high_micro,
        ranges.alarm_low_micro,
        ranges.alarm_high_micro,
        ranges.found_low_micro,
        ranges.found_high_micro,
        CASE
            WHEN directed.least_relative_change * ranges.expected_micro > directed.least_absolute_change * 1000000
                THEN directed.least_relative_change * ranges.expected_micro
            ELSE directed.least_absolute_change * 1000000
        END AS least_change
    FROM directed
    JOIN ranges ON
        ranges.metric = directed.metric
        AND ranges.segment_kind = directed.segment_kind
        AND ranges.segment = directed.segment
        AND ranges.day_number = directed.day_number
),

findings AS (
    SELECT
        margins.*,
        CAST(FLOOR(found_low_micro - CASE
            WHEN alarm_low_micro > expected_micro - least_change THEN alarm_low_micro - (expected_micro - least_change)
            ELSE 0
        END) AS BIGINT) AS least_low_micro,
        CAST(FLOOR(found_high_micro + CASE
            WHEN alarm_high_micro < expected_micro + least_change THEN expected_micro + least_change - alarm_high_micro
            ELSE 0
        END) AS BIGINT) AS least_high_micro
    FROM margins
)

SELECT
    metric,
    segment_kind,
    segment,
    day_number,
    event_date,
    kind,
    numerator,
    denominator,
    history_days,
    is_usual,
    known_event,
    is_muted,
    CASE WHEN denominator > 0 THEN CAST(numerator AS DOUBLE PRECISION) / denominator END AS observed,
    CAST(CASE WHEN expected_micro > 0 THEN expected_micro ELSE 0 END AS DOUBLE PRECISION) / 1000000 AS expected,
    CAST(CASE WHEN low_micro > 0 THEN low_micro ELSE 0 END AS DOUBLE PRECISION) / 1000000 AS low,
    CAST(CASE WHEN high_micro > 0 THEN high_micro ELSE 0 END AS DOUBLE PRECISION) / 1000000 AS high,
    CASE WHEN direction <> 'rise' AND least_low_micro > 0 THEN CAST(least_low_micro AS DOUBLE PRECISION) / 1000000 END AS found_low,
    CASE
        WHEN direction <> 'drop' AND (kind <> 'rate' OR least_high_micro < 1000000) THEN CAST(least_high_micro AS DOUBLE PRECISION) / 1000000
    END AS found_high,
    CASE WHEN deviation < 0 THEN -1 ELSE 1 END AS side,
    CAST(FLOOR(probability * 1000000000 + CAST(0.5 AS DOUBLE PRECISION)) AS BIGINT) AS probability_ppb
FROM findings
