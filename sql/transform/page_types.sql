-- title: Page types
-- description: What kind of page each path is, by the first page rule that fits.
-- grain: one row per path
-- key: path
-- cluster: path
-- incremental: path
WITH known_paths AS MATERIALIZED (
    SELECT path, REPLACE(LOWER(path), '_', '~') AS lowered
    FROM places
    WHERE path IS NOT NULL
    GROUP BY path
),

first_rules AS (
    SELECT known_paths.path, MIN(page_rules.rule_number) AS rule_number
    FROM known_paths
    LEFT JOIN page_rules ON known_paths.lowered LIKE page_rules.pattern
    GROUP BY known_paths.path
)

SELECT first_rules.path, COALESCE(page_rules.page_type, 'other') AS page_type
FROM first_rules
LEFT JOIN page_rules ON page_rules.rule_number = first_rules.rule_number
