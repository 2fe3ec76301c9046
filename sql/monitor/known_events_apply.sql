-- title: Known events apply
-- description: Each row of known_events names a metric of monitored_metrics (or 'all'), an effect and days in order. One that does
--   not mutes nothing.
-- severity: warn
-- tier: health
-- message: The known event {subject} has no effect: metric '{metric}', effect '{effect}', from {starts_on} to {ends_on}. Mend it in sql/reference/known_events.sql.
WITH asked AS (
    SELECT
        known_events.starts_on,
        known_events.ends_on,
        known_events.metric,
        known_events.effect,
        known_events.note,
        CASE
            WHEN known_events.metric <> 'all' AND monitored_metrics.metric IS NULL THEN 0
            WHEN known_events.effect NOT IN ('mute', 'annotate') THEN 0
            WHEN known_events.starts_on > known_events.ends_on THEN 0
            WHEN LOWER(known_events.starts_on) NOT LIKE '____-__-__' OR LOWER(known_events.ends_on) NOT LIKE '____-__-__' THEN 0
            ELSE 1
        END AS is_valid
    FROM known_events
    LEFT JOIN monitored_metrics ON monitored_metrics.metric = known_events.metric
)

SELECT
    note AS subject,
    1 AS population,
    is_valid AS observed,
    1 AS expected,
    is_valid AS passed,
    metric,
    effect,
    starts_on,
    ends_on
FROM asked
ORDER BY starts_on, ends_on, metric, note
