-- title: Event names that are mapped
-- description: Names that mean the same as another one are one event in every report.
-- severity: info
-- defect: respelt_event
-- message: {subject} counts as {means} ({observed} {observed:event|events}).
-- remedy: Nothing, if it means that. Otherwise correct sql/reference/event_taxonomy.sql.
-- param sample_rows: as in exact_duplicates
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

-- samples
WITH first_files AS (
    SELECT event_counts.event_name, event_taxonomy.event_name AS means, MIN(event_counts.file_id) AS file_id
    FROM event_counts
    JOIN event_taxonomy ON event_taxonomy.raw_event_name = event_counts.event_name
    WHERE event_taxonomy.event_name <> event_counts.event_name
    GROUP BY event_counts.event_name, event_taxonomy.event_name
),

found AS (
    SELECT
        first_files.event_name,
        first_files.means,
        raw_events.event_id,
        ROW_NUMBER() OVER (PARTITION BY first_files.event_name ORDER BY raw_events.event_id) AS sample_number
    FROM first_files
    CROSS JOIN raw_events -- so that SQLite reads these files alone
    WHERE
        raw_events.event_id >= first_files.file_id * 4294967296
        AND raw_events.event_id < (first_files.file_id + 1) * 4294967296
        AND raw_events.event_name BETWEEN first_files.event_name AND first_files.event_name -- not =, for which SQLite would sort all records first
)

SELECT found.event_name AS subject, event_lines.file_name, event_lines.line_number, 'counts as ' || found.means || ': ' || event_lines.what AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id
