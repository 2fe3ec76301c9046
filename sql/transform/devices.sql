-- title: Devices
-- description: What each distinct user agent is, by the first device rule that fits; 'unknown' where none does.
-- grain: one row per user agent
-- key: user_agent_key
WITH first_rules AS (
    SELECT
        user_agents.user_agent_key,
        MIN(device_rules.rule_number) AS rule_number
    FROM user_agents
    JOIN device_rules ON LOWER(user_agents.user_agent) LIKE device_rules.pattern
    GROUP BY user_agents.user_agent_key
)

SELECT
    user_agents.user_agent_key,
    COALESCE(device_rules.device_type, 'unknown') AS device_type,
    CASE WHEN device_rules.device_type = 'bot' THEN 1 ELSE 0 END AS is_bot,
    device_rules.bot_category
FROM user_agents
LEFT JOIN first_rules ON first_rules.user_agent_key = user_agents.user_agent_key
LEFT JOIN device_rules ON device_rules.rule_number = first_rules.rule_number
