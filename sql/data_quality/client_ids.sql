-- title: Events without a client id
-- description: Events without a client id count as volume and revenue, never in sessions, channels or conversion.
-- severity: warn
-- format: observed percent 1, expected percent 1
-- defect: declined_consent
-- follows: missing_required_columns, client_id_lost
-- message: {events_touched} of {population} {population:record|records} of {subject} ({observed}) {events_touched:has|have} no client id.
-- cause: Consent was not given, or a tag does not send the id.
-- remedy: Find the pages or events that lack it (see "Client ids that went missing"). Above a third, do not read conversion rates of the day.
-- param max_clientless_rate: 0.35
-- param sample_rows: as in exact_duplicates
WITH counted AS (
    SELECT file_id, CAST(SUM(event_count) AS BIGINT) AS event_count, CAST(SUM(no_client) AS BIGINT) AS clientless_count
    FROM event_counts
    GROUP BY file_id
)

SELECT
    input_files.file_name AS subject,
    counted.event_count AS population,
    CAST(counted.clientless_count AS DOUBLE PRECISION) / counted.event_count AS observed,
    :max_clientless_rate AS expected,
    CASE WHEN counted.clientless_count <= :max_clientless_rate * counted.event_count THEN 1 ELSE 0 END AS passed,
    input_files.file_name,
    input_files.file_date AS since,
    input_files.file_date AS until,
    counted.clientless_count AS events_touched
FROM counted
JOIN input_files ON input_files.file_id = counted.file_id
ORDER BY input_files.file_name

-- samples
WITH found AS (
    SELECT
        raw_events.file_id,
        raw_events.event_id,
        ROW_NUMBER() OVER (PARTITION BY raw_events.file_id ORDER BY raw_events.event_id) AS sample_number
    FROM raw_events
    WHERE raw_events.has_client = 0
)

SELECT event_lines.file_name AS subject, event_lines.file_name, event_lines.line_number, 'no client id: ' || event_lines.what AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id
