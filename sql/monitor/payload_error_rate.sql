-- title: Payload errors
-- description: Payloads that are no JSON, not even after mending single quotes: what they say of orders and products is lost.
-- severity: warn
-- tier: integrity
-- message: {observed} of {population} payloads on {subject} can't be read; {expected} at most.
-- format: observed percent 1, expected percent 1
-- param max_payload_error_rate: 0.01
SELECT
    monitored_day.event_date AS subject,
    COUNT(*) AS population,
    CAST(COUNT(CASE WHEN payloads.payload_status = 'invalid' THEN 1 END) AS DOUBLE PRECISION) / COUNT(*) AS observed,
    :max_payload_error_rate AS expected,
    CASE WHEN COUNT(CASE WHEN payloads.payload_status = 'invalid' THEN 1 END) <= :max_payload_error_rate * COUNT(*) THEN 1 ELSE 0 END AS passed
FROM monitored_day
JOIN event_stream ON event_stream.event_date = monitored_day.event_date
JOIN payloads ON payloads.payload_key = event_stream.payload_key
GROUP BY monitored_day.event_date
ORDER BY monitored_day.event_date
