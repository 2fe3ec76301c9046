-- title: Agents whose clients do one thing each
-- description: An agent with many clients nearly all of which have a single event is a crawler that nobody knows yet, or people whose cookie does
--   not last.
-- severity: info
-- needs: agents with many clients
-- format: observed percent 1, expected percent 1
-- defect: unmarked_bot_flood
-- message: {observed} of the {population} clients of one agent have a single event; {expected} of all people's have. It is: {subject}
-- cause: A crawler under a browser's name, or a browser that drops cookies at once.
-- remedy: If it is a crawler, add a pattern for it to sql/reference/device_rules.sql.
-- param least_agent_clients: 200
-- param least_one_hit_rate: 0.98
-- param sample_rows: as in exact_duplicates
WITH agents AS (
    SELECT user_agent_key, COUNT(*) AS client_count, COUNT(CASE WHEN event_count = 1 THEN 1 END) AS one_hit_count, CAST(SUM(event_count) AS BIGINT) AS event_count
    FROM client_steps
    WHERE is_bot = 0
    GROUP BY user_agent_key
),

overall AS (
    SELECT CAST(SUM(client_count) AS BIGINT) AS client_count, CAST(SUM(one_hit_count) AS BIGINT) AS one_hit_count
    FROM agents
)

SELECT
    SUBSTR(user_agents.user_agent, 1, 160) AS subject,
    agents.client_count AS population,
    CAST(agents.one_hit_count AS DOUBLE PRECISION) / agents.client_count AS observed,
    CAST(overall.one_hit_count AS DOUBLE PRECISION) / overall.client_count AS expected,
    CASE
        WHEN agents.one_hit_count >= :least_one_hit_rate * agents.client_count AND overall.one_hit_count < (:least_one_hit_rate - 0.05) * overall.client_count THEN 0
        ELSE 1
    END AS passed,
    agents.event_count AS events_touched
FROM agents
CROSS JOIN overall
JOIN user_agents ON user_agents.user_agent_key = agents.user_agent_key
WHERE agents.client_count >= :least_agent_clients
ORDER BY agents.client_count DESC, agents.user_agent_key

-- samples
WITH agents AS (
    SELECT user_agent_key
    FROM client_steps
    WHERE is_bot = 0
    GROUP BY user_agent_key
    HAVING COUNT(*) >= :least_agent_clients AND COUNT(CASE WHEN event_count = 1 THEN 1 END) >= :least_one_hit_rate * COUNT(*)
),

found AS (
    SELECT
        client_steps.user_agent_key,
        event_order.event_id,
        ROW_NUMBER() OVER (PARTITION BY client_steps.user_agent_key ORDER BY event_order.event_id) AS sample_number
    FROM agents
    JOIN client_steps ON client_steps.user_agent_key = agents.user_agent_key
    JOIN event_order ON event_order.client_key = client_steps.client_key
    WHERE client_steps.is_bot = 0 AND client_steps.event_count = 1
)

SELECT SUBSTR(user_agents.user_agent, 1, 160) AS subject, event_lines.file_name, event_lines.line_number, 'the only event of its client: ' || event_lines.what AS reason
FROM found
JOIN user_agents ON user_agents.user_agent_key = found.user_agent_key
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id
