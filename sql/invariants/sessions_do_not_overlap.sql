-- title: A client's sessions never overlap
-- description: Each session of a client begins after its last one ended.
-- severity: critical
-- message: {observed} of {population} sessions begin before the client's last one ended.
WITH with_previous AS (
    SELECT
        started_at_ms,
        LAG(ended_at_ms) OVER (PARTITION BY client_key ORDER BY session_number) AS previous_ended_at_ms
    FROM sessions
)

SELECT
    'all sessions' AS subject,
    COUNT(*) AS population,
    COUNT(CASE WHEN started_at_ms <= previous_ended_at_ms THEN 1 END) AS observed,
    0 AS expected,
    CASE WHEN COUNT(CASE WHEN started_at_ms <= previous_ended_at_ms THEN 1 END) = 0 THEN 1 ELSE 0 END AS passed
FROM with_previous

-- samples
SELECT
    later.client_id,
    later.session_number,
    later.started_at_ms,
    earlier.ended_at_ms AS last_ended_at_ms
FROM sessions AS later
JOIN sessions AS earlier ON
    earlier.client_key = later.client_key
    AND earlier.session_number = later.session_number - 1
WHERE later.started_at_ms <= earlier.ended_at_ms
ORDER BY later.client_id, later.session_number
LIMIT 3
