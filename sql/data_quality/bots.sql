-- title: Known bots
-- description: The share of events, clients and sessions of known bots (sql/reference/device_rules.sql), and what they do to the conversion rate.
-- severity: info
-- format: observed percent 1, expected percent 1, with_bots percent 2, without_bots percent 2
-- defect: bot_flood
-- message: Known bots make {observed} of the {subject}. Sessions convert at {with_bots} with them and at {without_bots} without.
-- cause: Search engines, monitoring and tests run the tag.
-- remedy: Read rates without bots; they are flagged in every table (is_bot).
-- param max_bot_share: 0.05
-- param sample_rows: as in exact_duplicates
WITH clients_of AS (
    SELECT
        COUNT(*) AS client_count,
        COUNT(CASE WHEN is_bot = 1 THEN 1 END) AS bot_client_count,
        COALESCE(CAST(SUM(purchase_count) AS BIGINT), 0) AS purchase_count,
        COALESCE(CAST(SUM(is_bot * purchase_count) AS BIGINT), 0) AS bot_purchase_count
    FROM client_steps
),

sessions_of AS (
    SELECT COUNT(*) AS session_count, COUNT(CASE WHEN client_steps.is_bot = 1 THEN 1 END) AS bot_session_count
    FROM visit_starts
    JOIN client_steps ON client_steps.client_key = visit_starts.client_key
),

events_of AS (
    SELECT
        COALESCE(CAST(SUM(event_count) AS BIGINT), 0) AS event_count,
        COALESCE(CAST(SUM(is_bot * event_count) AS BIGINT), 0) AS bot_event_count
    FROM event_counts
),

measured AS (
    SELECT 'events' AS subject, event_count AS population, bot_event_count AS bots FROM events_of
    UNION ALL
    SELECT 'clients', client_count, bot_client_count FROM clients_of
    UNION ALL
    SELECT 'sessions', session_count, bot_session_count FROM sessions_of
)

SELECT
    measured.subject,
    measured.population,
    CASE WHEN measured.population > 0 THEN CAST(measured.bots AS DOUBLE PRECISION) / measured.population END AS observed,
    :max_bot_share AS expected,
    CASE WHEN measured.bots <= :max_bot_share * measured.population THEN 1 ELSE 0 END AS passed,
    CASE WHEN sessions_of.session_count > 0 THEN CAST(clients_of.purchase_count AS DOUBLE PRECISION) / sessions_of.session_count END AS with_bots,
    CASE
        WHEN sessions_of.session_count > sessions_of.bot_session_count
            THEN CAST(clients_of.purchase_count - clients_of.bot_purchase_count AS DOUBLE PRECISION) / (sessions_of.session_count - sessions_of.bot_session_count)
    END AS without_bots,
    CASE WHEN measured.subject = 'events' THEN measured.bots END AS events_touched,
    CASE WHEN measured.subject = 'sessions' THEN measured.bots END AS sessions_touched
FROM measured
CROSS JOIN clients_of
CROSS JOIN sessions_of
ORDER BY measured.subject

-- samples
SELECT found.subject, event_lines.file_name, event_lines.line_number, found.what_is_it || COALESCE(devices.bot_category, '') || '): ' || event_lines.what AS reason
FROM (
    SELECT of_events.* FROM (
        SELECT 'events' AS subject, 'a known bot (' AS what_is_it, raw_events.event_id
        FROM raw_events
        JOIN devices ON devices.user_agent_key = raw_events.user_agent_key
        WHERE devices.is_bot = 1
        ORDER BY raw_events.event_id
        LIMIT :sample_rows
    ) AS of_events
    UNION ALL
    SELECT of_visits.* FROM (
        SELECT 'sessions', 'a session of a known bot (', visit_starts.event_id
        FROM client_steps
        JOIN visit_starts ON visit_starts.client_key = client_steps.client_key
        WHERE client_steps.is_bot = 1
        ORDER BY visit_starts.client_key, visit_starts.event_id
        LIMIT :sample_rows
    ) AS of_visits
    UNION ALL
    SELECT of_clients.* FROM (
        SELECT 'clients', 'a client that is a known bot (', MIN(event_order.event_id)
        FROM client_steps
        JOIN event_order ON event_order.client_key = client_steps.client_key
        WHERE client_steps.is_bot = 1
        GROUP BY client_steps.client_key
        ORDER BY client_steps.client_key
        LIMIT :sample_rows
    ) AS of_clients
) AS found
JOIN event_lines ON event_lines.event_id = found.event_id
LEFT JOIN devices ON devices.user_agent_key = event_lines.user_agent_key
ORDER BY found.subject, found.event_id
