-- title: Payloads that can't be read
-- description: A payload that is no JSON, not even after its quotes are mended, is an event without content: of a purchase, one without
--   revenue.
-- severity: warn
-- format: observed percent 2, expected percent 2
-- needs: events with a payload
-- defect: bad_payloads
-- message: {events_touched} of {population} {population:payload|payloads} of {subject} ({observed}) can't be read.
-- cause: The payload was cut off, or its quotes were lost on the way.
-- remedy: Write payloads as JSON, quoted as CSV wants it (double quotes doubled).
-- param max_invalid_payload_rate: 0.001
-- param sample_rows: as in exact_duplicates
SELECT
    event_name AS subject,
    CAST(SUM(payload_count) AS BIGINT) AS population,
    CAST(SUM(invalid_count) AS DOUBLE PRECISION) / SUM(payload_count) AS observed,
    :max_invalid_payload_rate AS expected,
    CASE WHEN SUM(invalid_count) <= :max_invalid_payload_rate * SUM(payload_count) THEN 1 ELSE 0 END AS passed,
    MIN(CASE WHEN invalid_count > 0 THEN event_date END) AS since,
    MAX(CASE WHEN invalid_count > 0 THEN event_date END) AS until,
    CAST(SUM(invalid_count) AS BIGINT) AS events_touched
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
    WHERE payloads.payload_status = 'invalid'
)

SELECT found.event_name AS subject, event_lines.file_name, event_lines.line_number, 'the payload of ' || found.event_name || ' is no JSON' AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id
