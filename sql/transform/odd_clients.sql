-- title: Clients whose id has another form than most
-- description: The clients whose id is not of the shop's prevailing form (a UUID among first-party cookie ids). Nobody is odd where
--   no form prevails.
-- grain: one row per odd client
-- key: client_key
-- cluster: client_key
-- param least_prevailing_share: 0.8
WITH shapes AS (
    SELECT client_shape, COUNT(*) AS client_count
    FROM clients
    GROUP BY client_shape
),

ranked AS (
    SELECT
        client_shape,
        client_count,
        ROW_NUMBER() OVER (ORDER BY client_count DESC, client_shape) AS shape_rank,
        CAST(SUM(client_count) OVER () AS BIGINT) AS all_count
    FROM shapes
),

-- Where no form prevails over all the days, as after a change of the tag in their middle, that of the first day does.
first_shapes AS (
    SELECT
        clients.client_shape,
        COUNT(DISTINCT clients.client_key) AS client_count
    FROM raw_events
    JOIN clients ON clients.client_key = raw_events.client_key
    WHERE raw_events.event_date = (SELECT MIN(event_date) FROM file_days WHERE event_date >= COALESCE((SELECT MIN(file_date) FROM input_files), event_date))
    GROUP BY clients.client_shape
),

first_ranked AS (
    SELECT
        client_shape,
        client_count,
        ROW_NUMBER() OVER (ORDER BY client_count DESC, client_shape) AS shape_rank,
        CAST(SUM(client_count) OVER () AS BIGINT) AS all_count
    FROM first_shapes
),

prevailing AS (
    SELECT client_shape
    FROM ranked
    WHERE shape_rank = 1 AND CAST(client_count AS DOUBLE PRECISION) / all_count >= :least_prevailing_share
    UNION ALL
    SELECT client_shape
    FROM first_ranked
    WHERE
        shape_rank = 1
        AND CAST(client_count AS DOUBLE PRECISION) / all_count >= :least_prevailing_share
        AND NOT EXISTS (
            SELECT 1 FROM ranked WHERE shape_rank = 1 AND CAST(client_count AS DOUBLE PRECISION) / all_count >= :least_prevailing_share
        )
)

SELECT clients.client_key, clients.client_shape, prevailing.client_shape AS prevailing_shape
FROM clients
CROSS JOIN prevailing
WHERE clients.client_shape <> prevailing.client_shape
