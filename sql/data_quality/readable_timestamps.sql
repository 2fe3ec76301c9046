-- title: Timestamps can be read at all
-- description: Without a single readable timestamp there are no days, no sessions and no attribution.
-- severity: critical
-- defect: unreadable_timestamps:all
-- message: None of the {population} {population:record|records} has a timestamp that can be read.
-- cause: The timestamp column is empty, or its format is not ISO 8601 and no epoch.
-- remedy: Export timestamps as 2025-02-23T00:00:01.750Z.
-- param sample_rows: as in exact_duplicates
SELECT
    'all files' AS subject,
    CAST(SUM(event_count) AS BIGINT) AS population,
    CAST(SUM(CASE WHEN event_date = 'undated' THEN 0 ELSE event_count END) AS BIGINT) AS observed,
    1 AS expected,
    CASE WHEN SUM(CASE WHEN event_date = 'undated' THEN 0 ELSE event_count END) > 0 THEN 1 ELSE 0 END AS passed
FROM event_counts

-- samples
SELECT event_lines.file_name, event_lines.line_number, CASE WHEN raw_events.raw_timestamp IS NULL THEN 'no timestamp' ELSE 'timestamp: ' || SUBSTR(raw_events.raw_timestamp, 1, 40) END AS reason
FROM raw_events
JOIN event_lines ON event_lines.event_id = raw_events.event_id
WHERE raw_events.occurred_at_ms IS NULL
ORDER BY raw_events.event_id
LIMIT :sample_rows
