-- title: Metric alarms
-- description: Which judgements are alarms, for every complete day as if it were today. Many checks a day would find something every week:
--   false_alarm_rate is the chance that any of a quiet day's checks raises (Benjamini-Hochberg over the checks; within one
--   check its segments share its chance). What alone would not suffice raises on its second day of three. The change must also
--   matter: see monitored_metrics. Then what an alarm says: the segment that accounts for most of the change beyond its
--   usual share, and the money at stake, of a segment the part of what it earns. Money is in units of the currency.
-- grain: one row per day and series that a check speaks of
-- key: metric, segment_kind, segment, event_date
-- cluster: metric, segment_kind, event_date, segment
-- param false_alarm_rate: 0.02
-- param second_day_rate: 0.01
-- param least_history_days: 8
-- param least_explained_share: 0.5
-- param least_explained_excess: 0.2
-- param days_a_month: 30.4
WITH watched AS (
    SELECT
        metric_judgements.*,
        monitored_metrics.stake AS stake_kind,
        CASE WHEN metric_judgements.kind IN ('money', 'value') THEN CAST(100 AS DOUBLE PRECISION) ELSE CAST(1 AS DOUBLE PRECISION) END AS unit, -- cents to money
        monitored_metrics.least_relative_change,
        monitored_metrics.least_absolute_change,
        CASE
            WHEN metric_judgements.history_days + 1 < :least_history_days THEN 'insufficient_history'
            WHEN metric_judgements.is_muted = 1 THEN 'muted'
            WHEN metric_judgements.probability_ppb IS NULL THEN 'too_small'
            WHEN metric_judgements.kind = 'count' AND metric_judgements.expected < monitored_metrics.least_population THEN 'too_small'
            WHEN metric_judgements.kind IN ('rate', 'value') AND metric_judgements.denominator < monitored_metrics.least_population THEN 'too_small'
        END AS unjudged,
        1 - COALESCE(LAG(metric_judgements.is_usual) OVER (
            PARTITION BY metric_judgements.metric, metric_judgements.segment_kind, metric_judgements.segment
            ORDER BY metric_judgements.day_number
        ), 1) AS is_standing
    FROM metric_judgements
    JOIN monitored_metrics ON monitored_metrics.metric = metric_judgements.metric
    WHERE (metric_judgements.segment_kind = 'all' AND monitored_metrics.judged_overall = 1)
        OR metric_judgements.segment_kind = monitored_metrics.judged_segments
),

-- What stood yesterday is no discovery today: it must not make the others' discoveries easier.
checks AS (
    SELECT
        metric,
        segment_kind,
        day_number,
        COUNT(*) AS subject_count,
        MIN(CASE WHEN is_standing = 0 THEN probability_ppb ELSE 1000000000 END) * COUNT(*) AS probability_ppb
    FROM watched
    WHERE unjudged IS NULL
    GROUP BY metric, segment_kind, day_number
),

ranked AS (
    SELECT
        checks.*,
        COUNT(*) OVER (PARTITION BY day_number) AS check_count,
        ROW_NUMBER() OVER (PARTITION BY day_number ORDER BY probability_ppb, metric, segment_kind) AS check_rank
    FROM checks
),

-- Benjamini-Hochberg: the last rank whose probability is within its share of the rate; all before it are significant too.
families AS (
    SELECT
        day_number,
        MAX(check_count) AS check_count,
        MAX(CASE WHEN probability_ppb * check_count <= :false_alarm_rate * 1000000000 * check_rank THEN check_rank ELSE 0 END) AS significant_count
    FROM ranked
    GROUP BY day_number
),

evidence AS (
    SELECT
        watched.*,
        CASE
            WHEN watched.unjudged IS NOT NULL THEN 0
            WHEN ABS(watched.observed - watched.expected) < watched.least_relative_change * watched.expected THEN 0
            WHEN ABS(watched.observed - watched.expected) < watched.least_absolute_change THEN 0
            WHEN watched.probability_ppb * checks.subject_count * families.check_count <= :false_alarm_rate * 1000000000
                * CASE WHEN watched.is_standing = 1 THEN 1 ELSE families.significant_count END THEN 2
            WHEN watched.probability_ppb * checks.subject_count <= :second_day_rate * 1000000000 THEN 1
            ELSE 0
        END AS strength
    FROM watched
    LEFT JOIN checks ON
        checks.metric = watched.metric
        AND checks.segment_kind = watched.segment_kind
        AND checks.day_number = watched.day_number
    LEFT JOIN families ON families.day_number = watched.day_number
),

recent AS (
    SELECT
        evidence.*,
        COALESCE(LAG(CASE WHEN strength > 0 THEN side ELSE 0 END, 1) OVER days_before, 0) AS side_before,
        COALESCE(LAG(CASE WHEN strength > 0 THEN side ELSE 0 END, 2) OVER days_before, 0) AS side_two_before
    FROM evidence
    WINDOW days_before AS (PARTITION BY metric, segment_kind, segment ORDER BY day_number)
),

raised AS (
    SELECT
        recent.*,
        CASE WHEN strength = 2 OR (strength = 1 AND (side_before = side OR side_two_before = side)) THEN 1 ELSE 0 END AS is_raised
    FROM recent
),

-- What each segment adds to the change of its whole, in counts or cents, and how much of the whole it usually is.
contributions AS (
    SELECT
        raised.metric,
        raised.day_number,
        parts.segment_kind,
        parts.segment,
        (parts.numerator - parts.expected * parts.denominator)
        / NULLIF(raised.numerator - raised.expected * raised.denominator, 0) AS change_share,
        parts.expected * parts.denominator / NULLIF(raised.expected * raised.denominator, 0) AS usual_share
    FROM raised
    JOIN metric_judgements AS parts ON
        parts.metric = raised.metric
        AND parts.day_number = raised.day_number
        AND parts.segment_kind <> 'all'
    WHERE raised.segment_kind = 'all'
        AND raised.is_raised = 1
        AND raised.kind <> 'value'
),

explanations AS (
    SELECT
        metric,
        day_number,
        segment_kind || ' ' || segment AS explained_by,
        change_share,
        ROW_NUMBER() OVER (
            PARTITION BY metric, day_number
            ORDER BY change_share - COALESCE(usual_share, 0) DESC, segment_kind, segment
        ) AS explanation_rank
    FROM contributions
    WHERE change_share >= :least_explained_share
        AND change_share - COALESCE(usual_share, 0) >= :least_explained_excess
),

-- How often this shop's quiet days look unusual against how often they should: above 1, more false alarms than designed.
calibrations AS (
    SELECT
        metric,
        segment_kind,
        CAST(10 * (1 + COUNT(CASE WHEN probability_ppb <= 100000000 THEN 1 END)) AS DOUBLE PRECISION) / (10 + COUNT(*)) AS inflation
    FROM watched
    WHERE unjudged IS NULL
        AND is_usual = 1
    GROUP BY metric, segment_kind
),

revenues AS (
    SELECT
        day_number,
        CASE WHEN segment_kind = 'all' THEN '' ELSE segment_kind || ' ' || segment END AS segment_name,
        numerator AS revenue_cents,
        expected AS expected_cents
    FROM metric_judgements
    WHERE metric = 'revenue'
)

SELECT
    raised.metric,
    raised.segment_kind,
    raised.segment,
    raised.segment AS subject,
    raised.event_date,
    CASE
        WHEN raised.unjudged IS NOT NULL THEN 0
        WHEN raised.kind IN ('count', 'money') THEN raised.history_days
        ELSE raised.denominator
    END AS population,
    raised.observed / raised.unit AS observed,
    raised.expected / raised.unit AS expected,
    raised.low / raised.unit AS low,
    raised.high / raised.unit AS high,
    raised.found_low / raised.unit AS found_low,
    raised.found_high / raised.unit AS found_high,
    CASE WHEN raised.unjudged IS NULL THEN 1 - raised.is_raised END AS passed,
    raised.unjudged,
    raised.is_usual,
    CAST(raised.probability_ppb AS DOUBLE PRECISION) / 1000000000 AS probability,
    explanations.explained_by,
    explanations.change_share AS explained_share,
    CASE
        WHEN raised.unjudged IS NOT NULL THEN NULL
        WHEN raised.metric = 'revenue' THEN (raised.expected - raised.observed) / 100
        -- Of events and payload fields, only purchases carry money.
        WHEN raised.segment_kind IN ('event', 'field') AND LOWER(raised.segment) <> 'purchase' AND LOWER(raised.segment) NOT LIKE 'purchase %' THEN NULL
        WHEN raised.stake_kind = 'loss' AND raised.observed > raised.expected THEN NULL
        WHEN raised.stake_kind IN ('flow', 'loss') AND raised.expected > 0
            THEN (raised.expected - raised.observed) / raised.expected * revenues.expected_cents / 100
        WHEN raised.stake_kind = 'share' THEN ABS(raised.observed - raised.expected) * revenues.revenue_cents / 100
    END AS money_at_stake,
    raised.known_event,
    CASE WHEN raised.is_raised = 1 AND raised.strength = 1 THEN 1 ELSE 0 END AS is_second_day,
    CASE WHEN raised.unjudged IS NULL THEN
        :days_a_month
        * (:false_alarm_rate / families.check_count + 2 * :second_day_rate * :second_day_rate)
        * CASE WHEN calibrations.inflation > 1 THEN calibrations.inflation ELSE 1 END
    END AS false_alarms_a_month
FROM raised
LEFT JOIN families ON families.day_number = raised.day_number
LEFT JOIN calibrations ON
    calibrations.metric = raised.metric
    AND calibrations.segment_kind = raised.segment_kind
LEFT JOIN explanations ON
    raised.segment_kind = 'all'
    AND explanations.metric = raised.metric
    AND explanations.day_number = raised.day_number
    AND explanations.explanation_rank = 1
LEFT JOIN revenues ON
    revenues.day_number = raised.day_number
    AND revenues.segment_name = CASE WHEN raised.segment_kind IN ('device', 'channel') THEN raised.segment_kind || ' ' || raised.segment ELSE '' END
