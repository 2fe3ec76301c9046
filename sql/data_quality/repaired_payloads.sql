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
SELECT event_lines.file_name, event_lines.line_number, 'the payload of ' || event_lines.event_name || ' has single quotes' AS reason
FROM event_lines
JOIN payloads ON payloads.payload_key = event_lines.payload_key
WHERE payloads.payload_status = 'repaired'
ORDER BY event_lines.event_id
LIMIT 20
