-- title: Payloads that were mended
-- description: Payloads with single quotes are read all the same: nothing is lost, but other readers of the export will not read them.
-- severity: info
-- format: observed percent 2, expected percent 2
-- needs: events with a payload
-- message: {events_touched} of {population} payloads of {subject} ({observed}) were no JSON, and are read as if their single quotes were double ones.
-- cause: The payload was written as a Python literal and not as JSON.
-- remedy: Write payloads as JSON, quoted as CSV wants it (double quotes doubled).
-- param max_repaired_payload_rate: 0.0
WITH counted AS (
    SELECT
        COALESCE(raw_events.event_date, 'undated') AS event_date,
        COALESCE(raw_events.event_name, 'unnamed') AS event_name,
        COUNT(*) AS payload_count,
        COUNT(CASE WHEN payloads.payload_status = 'repaired' THEN 1 END) AS repaired_count
    FROM raw_events
    JOIN payloads ON payloads.payload_key = raw_events.payload_key
    GROUP BY COALESCE(raw_events.event_date, 'undated'), COALESCE(raw_events.event_name, 'unnamed')
),

by_event AS (
    SELECT
        event_name,
        CAST(SUM(payload_count) AS BIGINT) AS payload_count,
        CAST(SUM(repaired_count) AS BIGINT) AS repaired_count,
        MIN(CASE WHEN repaired_count > 0 THEN event_date END) AS since,
        MAX(CASE WHEN repaired_count > 0 THEN event_date END) AS until
    FROM counted
    GROUP BY event_name
)

SELECT
    event_name AS subject,
    payload_count AS population,
    CAST(repaired_count AS DOUBLE PRECISION) / payload_count AS observed,
    :max_repaired_payload_rate AS expected,
    CASE WHEN repaired_count <= :max_repaired_payload_rate * payload_count THEN 1 ELSE 0 END AS passed,
    since,
    until,
    repaired_count AS events_touched
FROM by_event
ORDER BY event_name

-- samples
SELECT input_files.file_name, raw_events.line_number, 'the payload of ' || COALESCE(raw_events.event_name, 'an unnamed event') || ' has single quotes' AS reason
FROM payloads
JOIN raw_events ON raw_events.payload_key = payloads.payload_key
JOIN input_files ON input_files.file_id = raw_events.file_id
WHERE payloads.payload_status = 'repaired'
ORDER BY raw_events.event_id
LIMIT 20
