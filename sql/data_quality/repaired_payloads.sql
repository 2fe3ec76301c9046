-- title: Payloads that were mended
-- description: Payloads with single quotes are read all the same: nothing is lost, but other readers of the export will not read them.
-- severity: info
-- format: observed percent 2, expected percent 2
-- needs: events with a payload
-- defect: single_quoted_payloads
-- message: {events_touched} of {population} {population:payload|payloads} of {subject} ({observed}) {events_touched:was no JSON, and is|were no JSON, and are} read as if {events_touched:its|their} single quotes were double ones.
-- cause: The payload was written as a Python literal and not as JSON.
-- remedy: Write payloads as JSON, quoted as CSV wants it (double quotes doubled).
-- param max_repaired_payload_rate: 0.0
-- param sample_rows: as in exact_duplicates
SELECT
    event_name AS subject,
    CAST(SUM(payload_count) AS BIGINT) AS population,
    CAST(SUM(repaired_count) AS DOUBLE PRECISION) / SUM(payload_count) AS observed,
    :max_repaired_payload_rate AS expected,
    CASE WHEN SUM(repaired_count) <= :max_repaired_payload_rate * SUM(payload_count) THEN 1 ELSE 0 END AS passed,
    MIN(CASE WHEN repaired_count > 0 THEN event_date END) AS since,
    MAX(CASE WHEN repaired_count > 0 THEN event_date END) AS until,
    CAST(SUM(repaired_count) AS BIGINT) AS events_touched
FROM payload_days
GROUP BY event_name
ORDER BY event_name

-- samples
WITH found AS (
    SELECT
        COALESCE(raw_events.event_name, 'unnamed') AS event_name,
        raw_events.event_id,
        ROW_NUMBER() OVER (PARTITION BY COALESCE(raw_events.event_name, 'unnamed') ORDER BY raw_events.event_id) AS sample_number
    FROM payloads
    JOIN raw_events ON raw_events.payload_key = payloads.payload_key
    WHERE payloads.payload_status = 'repaired'
)

SELECT found.event_name AS subject, event_lines.file_name, event_lines.line_number, 'the payload of ' || found.event_name || ' has single quotes' AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id
