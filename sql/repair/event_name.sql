-- title: An event under another name
-- description: A name that nobody taught appears, in the numbers of a known event that is missing, or nearly so, on the same days.
-- target: reference/event_taxonomy.sql
-- row: {raw_name}, {event_name}, {event_kind}
-- effect: {raw_name} behaves like {event_name}: {event_count} {event_count:event|events} on {day_count} {day_count:day|days} {event_count:counts|count} as {event_kind} again, {per_day} a day where {usual_per_day} are usual.
-- format: per_day decimal 0, usual_per_day decimal 0
-- param least_name_events: 10
-- param name_volume_ratio: 2.0
WITH name_days AS (
    SELECT event_name, event_date, CAST(SUM(event_count) AS BIGINT) AS event_count
    FROM event_counts
    WHERE event_date <> 'undated'
    GROUP BY event_name, event_date
),

unknown_days AS (
    SELECT name_days.event_name, name_days.event_date, name_days.event_count
    FROM name_days
    LEFT JOIN event_taxonomy ON event_taxonomy.raw_event_name = name_days.event_name
    WHERE event_taxonomy.raw_event_name IS NULL AND name_days.event_name <> 'unnamed'
),

unknown_names AS (
    SELECT event_name, COUNT(*) AS day_count, CAST(SUM(event_count) AS BIGINT) AS event_count
    FROM unknown_days
    GROUP BY event_name
    HAVING SUM(event_count) >= :least_name_events
),

day_count AS (
    SELECT COUNT(*) AS day_count FROM quality_days
),

known_names AS (
    SELECT name_days.event_name, event_taxonomy.event_name AS means, event_taxonomy.event_kind, CAST(SUM(name_days.event_count) AS BIGINT) AS event_count
    FROM name_days
    JOIN event_taxonomy ON event_taxonomy.raw_event_name = name_days.event_name
    GROUP BY name_days.event_name, event_taxonomy.event_name, event_taxonomy.event_kind
),

together AS (
    SELECT
        unknown_days.event_name AS raw_name,
        known_names.event_name AS known_name,
        COALESCE(CAST(SUM(name_days.event_count) AS BIGINT), 0) AS known_count_then
    FROM unknown_days
    CROSS JOIN known_names
    LEFT JOIN name_days ON name_days.event_name = known_names.event_name AND name_days.event_date = unknown_days.event_date
    GROUP BY unknown_days.event_name, known_names.event_name
),

compared AS (
    SELECT
        unknown_names.event_name AS raw_name,
        known_names.means AS event_name,
        known_names.event_kind,
        unknown_names.day_count,
        unknown_names.event_count,
        CAST(unknown_names.event_count AS DOUBLE PRECISION) / unknown_names.day_count AS per_day,
        CAST(known_names.event_count - together.known_count_then AS DOUBLE PRECISION) / (day_count.day_count - unknown_names.day_count) AS usual_per_day,
        CAST(together.known_count_then AS DOUBLE PRECISION) / unknown_names.day_count AS known_per_day
    FROM unknown_names
    JOIN together ON together.raw_name = unknown_names.event_name
    JOIN known_names ON known_names.event_name = together.known_name
    CROSS JOIN day_count
    WHERE day_count.day_count > unknown_names.day_count
),

alike AS (
    SELECT
        compared.*,
        COUNT(*) OVER (PARTITION BY raw_name) AS meanings
    FROM compared
    WHERE
        known_per_day * 4 <= usual_per_day
        AND per_day <= usual_per_day * :name_volume_ratio
        AND usual_per_day <= per_day * :name_volume_ratio
)

SELECT raw_name AS subject, raw_name, event_name, event_kind, day_count, event_count, per_day, usual_per_day
FROM alike
WHERE meanings = 1
ORDER BY raw_name
