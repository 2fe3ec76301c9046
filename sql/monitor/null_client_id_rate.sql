-- title: Events without client_id
-- description: Events that no client can be told of count as volume and revenue, and are lost to sessions and attribution.
-- severity: warn
-- tier: integrity
-- message: {observed} of {population} events on {subject} have no client_id; {expected} at most.
-- format: observed percent 1, expected percent 1
-- param max_null_client_rate: 0.2
SELECT
    monitored_day.event_date AS subject,
    COUNT(*) AS population,
    CAST(COUNT(CASE WHEN event_stream.has_client = 0 THEN 1 END) AS DOUBLE PRECISION) / COUNT(*) AS observed,
    :max_null_client_rate AS expected,
    CASE WHEN COUNT(CASE WHEN event_stream.has_client = 0 THEN 1 END) <= :max_null_client_rate * COUNT(*) THEN 1 ELSE 0 END AS passed
FROM monitored_day
JOIN event_stream ON event_stream.event_date = monitored_day.event_date
GROUP BY monitored_day.event_date
ORDER BY monitored_day.event_date
