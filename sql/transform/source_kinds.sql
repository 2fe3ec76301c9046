-- title: Kinds of sources
-- description: What is behind each utm_source and each referrer's host, by the first traffic source that fits.
-- grain: one row per value that a traffic source fits, in lower case
-- key: value
-- cluster: value
WITH source_values AS MATERIALIZED (
    SELECT LOWER(utm_source) AS value
    FROM places
    WHERE utm_source <> ''
    UNION
    SELECT referrer_host
    FROM referrers
    WHERE referrer_host IS NOT NULL
),

first_rules AS (
    SELECT source_values.value, MIN(traffic_sources.rule_number) AS rule_number
    FROM source_values
    JOIN traffic_sources ON '.' || source_values.value || '.' LIKE traffic_sources.pattern
    GROUP BY source_values.value
)

SELECT first_rules.value, traffic_sources.source, traffic_sources.source_kind
FROM first_rules
JOIN traffic_sources ON traffic_sources.rule_number = first_rules.rule_number
