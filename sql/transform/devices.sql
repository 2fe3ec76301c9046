-- title: Devices
-- description: What each distinct user agent is: its device, operating system and browser, each by the first rule that fits, 'unknown'
--   where none does. bot_rule is the pattern that took it for a bot.
-- grain: one row per user agent
-- key: user_agent_key
-- cluster: user_agent_key
-- incremental: user_agent_key
WITH agents AS MATERIALIZED (
    SELECT user_agent_key, REPLACE(LOWER(user_agent), '_', '~') AS agent
    FROM user_agents
),

rules AS (
    SELECT 'device' AS attribute, rule_number, pattern
    FROM device_rules
    UNION ALL
    SELECT 'system', rule_number, pattern
    FROM os_rules
    UNION ALL
    SELECT 'browser', rule_number, pattern
    FROM browser_rules
),

first_rules AS (
    SELECT
        agents.user_agent_key,
        MIN(CASE WHEN rules.attribute = 'device' THEN rules.rule_number END) AS device_rule,
        MIN(CASE WHEN rules.attribute = 'system' THEN rules.rule_number END) AS os_rule,
        MIN(CASE WHEN rules.attribute = 'browser' THEN rules.rule_number END) AS browser_rule
    FROM agents
    LEFT JOIN rules ON agents.agent LIKE rules.pattern
    GROUP BY agents.user_agent_key
)

SELECT
    first_rules.user_agent_key,
    COALESCE(device_rules.device_type, 'unknown') AS device_type,
    COALESCE(os_rules.operating_system, 'unknown') AS operating_system,
    COALESCE(browser_rules.browser, 'unknown') AS browser,
    COALESCE(browser_rules.is_in_app, 0) AS is_in_app,
    CASE WHEN device_rules.device_type = 'bot' THEN 1 ELSE 0 END AS is_bot,
    device_rules.bot_category,
    CASE WHEN device_rules.device_type = 'bot' THEN REPLACE(device_rules.pattern, '%', '') END AS bot_rule
FROM first_rules
LEFT JOIN device_rules ON device_rules.rule_number = first_rules.device_rule
LEFT JOIN os_rules ON os_rules.rule_number = first_rules.os_rule
LEFT JOIN browser_rules ON browser_rules.rule_number = first_rules.browser_rule
