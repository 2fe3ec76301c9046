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
SELECT event_lines.file_name, event_lines.line_number, 'the payload of ' || event_lines.event_name || ' is no JSON' AS reason
FROM event_lines
JOIN payloads ON payloads.payload_key = event_lines.payload_key
WHERE payloads.payload_status = 'invalid'
ORDER BY event_lines.event_id
LIMIT 20
