-- title: Clients whose id has another form than most
-- description: The clients whose id is not of the shop's prevailing form (a UUID among first-party cookie ids): of all days, or, where a tag
--   changed in their middle and none prevails, of the first. Nobody is odd where none prevails there either.
-- grain: one row per odd client
-- key: client_key
-- cluster: client_key
-- param least_prevailing_share: 0.8
WITH shapes AS (
    SELECT 1 AS span, client_shape, COUNT(*) AS client_count
    FROM clients
    GROUP BY client_shape
    UNION ALL
    SELECT 2, clients.client_shape, COUNT(DISTINCT clients.client_key)
    FROM raw_events
    JOIN clients ON clients.client_key = raw_events.client_key
    WHERE raw_events.event_date = (SELECT MIN(event_date) FROM file_days WHERE event_date >= COALESCE((SELECT MIN(file_date) FROM input_files), event_date))
    GROUP BY clients.client_shape
),

ranked AS (
    SELECT
        span,
        client_shape,
        client_count,
        ROW_NUMBER() OVER (PARTITION BY span ORDER BY client_count DESC, client_shape) AS shape_rank,
        CAST(SUM(client_count) OVER (PARTITION BY span) AS BIGINT) AS all_count
    FROM shapes
),

prevailing AS (
    SELECT client_shape
    FROM ranked
    WHERE shape_rank = 1 AND CAST(client_count AS DOUBLE PRECISION) / all_count >= :least_prevailing_share
    ORDER BY span
    LIMIT 1
)

SELECT clients.client_key, clients.client_shape, prevailing.client_shape AS prevailing_shape
FROM clients
CROSS JOIN prevailing
WHERE clients.client_shape <> prevailing.client_shape
