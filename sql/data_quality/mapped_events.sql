-- title: Event names that are mapped
-- description: Names that mean the same as another one are one event in every report.
-- severity: info
-- defect: respelt_event
-- message: {subject} counts as {means} ({observed} {observed:event|events}).
-- remedy: Nothing, if it means that. Otherwise correct sql/reference/event_taxonomy.sql.
WITH names AS (
    SELECT event_name, CAST(SUM(event_count) AS BIGINT) AS event_count, MIN(event_date) AS since, MAX(event_date) AS until
    FROM event_counts
    WHERE event_date <> 'undated'
    GROUP BY event_name
)

SELECT
    names.event_name AS subject,
    names.event_count AS population,
    CASE WHEN event_taxonomy.event_name <> names.event_name THEN names.event_count ELSE 0 END AS observed,
    0 AS expected,
    CASE WHEN event_taxonomy.event_name <> names.event_name THEN 0 ELSE 1 END AS passed,
    event_taxonomy.event_name AS means,
    names.since,
    names.until
FROM names
JOIN event_taxonomy ON event_taxonomy.raw_event_name = names.event_name
ORDER BY names.event_name
