-- title: Campaign parameters that contradict each other
-- description: A utm parameter that is given twice with different values: the first one counts, and the other campaign gets nothing.
-- severity: info
-- format: observed percent 2, expected percent 2
-- needs: events that carry a utm_source
-- defect: conflicting_utm
-- message: {events_touched} of {population} {population:event|events} by people with a client id and a utm_source ({observed}) {events_touched:carries|carry} a utm parameter twice, with different values.
-- cause: A link template that adds its parameters to a link that has some.
-- remedy: Mend the link template.
-- param max_conflict_rate: 0.005
-- param sample_rows: as in exact_duplicates
WITH totals AS (
    SELECT
        COALESCE(CAST(SUM(with_utm) AS BIGINT), 0) AS with_utm,
        COALESCE(CAST(SUM(conflicting_utm) AS BIGINT), 0) AS conflicting_utm,
        MIN(CASE WHEN conflicting_utm > 0 AND event_date <> 'undated' THEN event_date END) AS since,
        MAX(CASE WHEN conflicting_utm > 0 AND event_date <> 'undated' THEN event_date END) AS until
    FROM event_counts
)

SELECT
    'page URLs' AS subject,
    with_utm AS population,
    CASE WHEN with_utm > 0 THEN CAST(conflicting_utm AS DOUBLE PRECISION) / with_utm END AS observed,
    :max_conflict_rate AS expected,
    CASE WHEN conflicting_utm <= :max_conflict_rate * with_utm THEN 1 ELSE 0 END AS passed,
    since,
    until,
    conflicting_utm AS events_touched
FROM totals

-- samples
SELECT input_files.file_name, raw_events.line_number, 'a utm parameter twice on ' || COALESCE(places.host, '') || CASE WHEN places.personal_data IS NULL THEN COALESCE(places.path, '') ELSE '' END AS reason
FROM raw_events
JOIN input_files ON input_files.file_id = raw_events.file_id
JOIN places ON places.place_key = raw_events.place_key
WHERE places.has_conflicting_utm = 1
ORDER BY raw_events.event_id
LIMIT :sample_rows
