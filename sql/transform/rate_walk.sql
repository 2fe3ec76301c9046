-- title: Rates against their usual level
-- description: Each day's rate against the level of the days before it. The walk goes from day to day: a day within the usual joins the
--   level (which forgets by and by), a day beyond it is a shift and does not, so that an incident never becomes its own
--   yardstick; after accept_after_days in a row it is the new level. What counts as beyond: quality_measures, and a
--   distance in standard deviations (the root of the Poisson deviance of the rarer count), widened by how much this rate has been spreading
--   and by how few days there were. The walk starts from the middle one of the first seven days; where they are two levels, from
--   one of them, so that a defect that begins on the third day is not told as one that ends there. Of a series with fewer than
--   least_baseline_days days besides the one that is judged (6 at the most can be asked for) all bounds are so much wider.
-- grain: one row per measure, segment and day
-- key: measure, segment_kind, segment, day_rank
-- cluster: measure, segment_kind, segment, day_rank
-- param shift_deviations: 4.0
-- param level_memory: 0.9
-- param accept_after_days: 28
-- param least_baseline_days: 4
WITH RECURSIVE verdicts (shift) AS (
    VALUES (CAST(0 AS BIGINT)), (CAST(1 AS BIGINT)), (CAST(-1 AS BIGINT))
),

first_days AS (
    SELECT
        rate_days.*,
        CAST(rate_days.hits AS DOUBLE PRECISION) / rate_days.population AS rate,
        COUNT(*) OVER series AS day_count,
        -- A day of a quarter of the usual records says little of a level.
        CASE WHEN rate_days.population * 4 * COUNT(*) OVER series >= SUM(rate_days.population) OVER series THEN 1 ELSE 0 END AS is_large,
        quality_measures.first_level,
        quality_measures.least_change,
        quality_measures.least_ratio
    FROM rate_days
    JOIN quality_measures ON quality_measures.measure = rate_days.measure
    WHERE rate_days.day_rank <= 7
    WINDOW series AS (PARTITION BY rate_days.measure, rate_days.segment_kind, rate_days.segment)
),

extremes AS (
    SELECT
        first_days.*,
        MIN(rate) OVER until_day AS lowest_before,
        MAX(rate) OVER until_day AS highest_before,
        MIN(rate) OVER after_day AS lowest_after,
        MAX(rate) OVER after_day AS highest_after
    FROM first_days
    WHERE is_large = 1
    WINDOW
        until_day AS (PARTITION BY measure, segment_kind, segment ORDER BY day_rank ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
        after_day AS (PARTITION BY measure, segment_kind, segment ORDER BY day_rank ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
),

-- Where the first days are two levels, one after the other, with nothing in between: the side that is not the defect, as first_level
-- of quality_measures says. A first day that stands alone is no earlier level, but the odd one.
steps AS (
    SELECT
        measure,
        segment_kind,
        segment,
        day_rank AS last_before,
        day_count,
        CASE
            WHEN first_level = 'earlier' THEN CASE WHEN day_rank > 1 OR day_count = 2 THEN 1 ELSE 0 END
            WHEN lowest_after > highest_before THEN CASE WHEN first_level = 'lower' THEN 1 ELSE 0 END
            ELSE CASE WHEN first_level = 'lower' THEN 0 ELSE 1 END
        END AS is_before,
        ROW_NUMBER() OVER (
            PARTITION BY measure, segment_kind, segment
            ORDER BY CASE WHEN lowest_after > highest_before THEN lowest_after - highest_before ELSE lowest_before - highest_after END DESC, day_rank
        ) AS step_rank
    FROM extremes
    WHERE (lowest_after - highest_before >= least_change AND lowest_after >= highest_before * least_ratio)
        OR (lowest_before - highest_after >= least_change AND lowest_before >= highest_after * least_ratio)
),

starts AS (
    SELECT
        first_days.*,
        ROW_NUMBER() OVER (PARTITION BY first_days.measure, first_days.segment_kind, first_days.segment ORDER BY first_days.rate, first_days.day_rank) AS rate_rank,
        COUNT(*) OVER (PARTITION BY first_days.measure, first_days.segment_kind, first_days.segment) AS start_days
    FROM first_days
    LEFT JOIN steps ON
        steps.measure = first_days.measure
        AND steps.segment_kind = first_days.segment_kind
        AND steps.segment = first_days.segment
        AND steps.step_rank = 1
        AND (steps.is_before = 1 OR steps.day_count - steps.last_before > 1 OR steps.day_count = 2) -- one better day is no level
    WHERE steps.last_before IS NULL
        OR (first_days.is_large = 1 AND steps.is_before = CASE WHEN first_days.day_rank <= steps.last_before THEN 1 ELSE 0 END)
),

walk AS (
    SELECT
        starts.measure,
        starts.segment_kind,
        starts.segment,
        CAST(0 AS BIGINT) AS day_rank,
        starts.event_date,
        starts.population,
        starts.hits,
        CAST(0 AS BIGINT) AS shift,
        CAST(0 AS BIGINT) AS run_days,
        CAST(starts.population AS DOUBLE PRECISION) AS level_population,
        CAST(starts.hits AS DOUBLE PRECISION) AS level_hits,
        CAST(starts.rare AS DOUBLE PRECISION) AS level_rare,
        CAST(2 AS DOUBLE PRECISION) AS level_days,
        CAST(0 AS DOUBLE PRECISION) AS level_spread,
        CAST(0 AS DOUBLE PRECISION) AS expected_rate,
        CAST(0 AS DOUBLE PRECISION) AS expected_days,
        CASE
            WHEN starts.day_count < 2 OR starts.day_count > :least_baseline_days THEN CAST(1 AS DOUBLE PRECISION)
            ELSE CAST(:least_baseline_days AS DOUBLE PRECISION) / (starts.day_count - 1)
        END AS widening
    FROM starts
    WHERE starts.rate_rank * 2 - starts.start_days IN (0, 1)
    UNION ALL
    SELECT
        walk.measure,
        walk.segment_kind,
        walk.segment,
        rate_days.day_rank,
        rate_days.event_date,
        rate_days.population,
        rate_days.hits,
        verdicts.shift,
        CASE WHEN verdicts.shift = 0 THEN 0 ELSE walk.run_days + 1 END,
        CASE
            WHEN verdicts.shift = 0 THEN walk.level_population * :level_memory + rate_days.population
            WHEN walk.run_days + 1 >= :accept_after_days THEN CAST(rate_days.population AS DOUBLE PRECISION)
            ELSE walk.level_population
        END,
        CASE
            WHEN verdicts.shift = 0 THEN walk.level_hits * :level_memory + rate_days.hits
            WHEN walk.run_days + 1 >= :accept_after_days THEN CAST(rate_days.hits AS DOUBLE PRECISION)
            ELSE walk.level_hits
        END,
        CASE
            WHEN verdicts.shift = 0 THEN walk.level_rare * :level_memory + rate_days.rare
            WHEN walk.run_days + 1 >= :accept_after_days THEN CAST(rate_days.rare AS DOUBLE PRECISION)
            ELSE walk.level_rare
        END,
        CASE
            WHEN verdicts.shift = 0 THEN walk.level_days * :level_memory + 1
            WHEN walk.run_days + 1 >= :accept_after_days THEN CAST(2 AS DOUBLE PRECISION)
            ELSE walk.level_days
        END,
        -- How far days within the usual were off, in deviances: more than one a day means that the rate spreads by itself.
        CASE
            WHEN verdicts.shift = 0 THEN walk.level_spread * :level_memory
                + 2 * (rate_days.rare * LN((rate_days.rare + 0.000001) / (rate_days.population * (walk.level_rare + 0.5) / (walk.level_population + 1))) - rate_days.rare + rate_days.population * (walk.level_rare + 0.5) / (walk.level_population + 1))
                / (1 + rate_days.population / walk.level_population)
            ELSE walk.level_spread
        END,
        walk.level_hits / walk.level_population,
        walk.level_days,
        walk.widening
    FROM walk
    JOIN rate_days ON
        rate_days.measure = walk.measure
        AND rate_days.segment_kind = walk.segment_kind
        AND rate_days.segment = walk.segment
        AND rate_days.day_rank = walk.day_rank + 1
    JOIN quality_measures ON quality_measures.measure = walk.measure
    -- The verdict of the day, once, for all the columns above: a day that follows a shift needs half as much to be one.
    CROSS JOIN verdicts -- so that SQLite asks for it last
    WHERE verdicts.shift = CASE
        WHEN
            ABS(rate_days.hits - rate_days.population * walk.level_hits / walk.level_population)
                >= quality_measures.least_hits * CASE WHEN walk.shift = 0 THEN 1.0 ELSE 0.5 END
            AND ABS(rate_days.hits - rate_days.population * walk.level_hits / walk.level_population)
                >= quality_measures.least_change * walk.widening * rate_days.population * CASE WHEN walk.shift = 0 THEN 1.0 ELSE 0.5 END
            AND 2 * (rate_days.rare * LN((rate_days.rare + 0.000001) / (rate_days.population * (walk.level_rare + 0.5) / (walk.level_population + 1))) - rate_days.rare + rate_days.population * (walk.level_rare + 0.5) / (walk.level_population + 1))
                >= :shift_deviations * :shift_deviations * walk.widening * CASE WHEN walk.shift = 0 THEN 1.0 ELSE 0.25 END * (1 + 1 / walk.level_days) * (1 + 1 / walk.level_days)
                * (8 + walk.level_spread) / (4 + walk.level_days) * (1 + rate_days.population / walk.level_population)
            AND quality_measures.direction <> 'down'
            AND rate_days.hits
                >= rate_days.population * walk.level_hits / walk.level_population
                * (1 + (quality_measures.least_ratio - 1) * walk.widening * CASE WHEN walk.shift = 0 THEN 1.0 ELSE 0.5 END)
            THEN 1
        WHEN
            ABS(rate_days.hits - rate_days.population * walk.level_hits / walk.level_population)
                >= quality_measures.least_hits * CASE WHEN walk.shift = 0 THEN 1.0 ELSE 0.5 END
            AND ABS(rate_days.hits - rate_days.population * walk.level_hits / walk.level_population)
                >= quality_measures.least_change * walk.widening * rate_days.population * CASE WHEN walk.shift = 0 THEN 1.0 ELSE 0.5 END
            AND 2 * (rate_days.rare * LN((rate_days.rare + 0.000001) / (rate_days.population * (walk.level_rare + 0.5) / (walk.level_population + 1))) - rate_days.rare + rate_days.population * (walk.level_rare + 0.5) / (walk.level_population + 1))
                >= :shift_deviations * :shift_deviations * walk.widening * CASE WHEN walk.shift = 0 THEN 1.0 ELSE 0.25 END * (1 + 1 / walk.level_days) * (1 + 1 / walk.level_days)
                * (8 + walk.level_spread) / (4 + walk.level_days) * (1 + rate_days.population / walk.level_population)
            AND quality_measures.direction <> 'up'
            AND rate_days.hits * (1 + (quality_measures.least_ratio - 1) * walk.widening * CASE WHEN walk.shift = 0 THEN 1.0 ELSE 0.5 END)
                <= rate_days.population * walk.level_hits / walk.level_population
            THEN -1
        ELSE 0
    END
)

SELECT
    measure,
    segment_kind,
    segment,
    day_rank,
    event_date,
    population,
    hits,
    -- CAST: of a recursion's column SQLite knows no type, and would keep 1.0 as 1.
    CAST(expected_rate AS DOUBLE PRECISION) AS expected_rate,
    CAST(expected_days AS DOUBLE PRECISION) AS expected_days,
    shift
FROM walk
WHERE day_rank > 0
