-- title: Channels of UTM values
-- description: The channel group that each combination of utm_source, utm_medium and utm_campaign stands for: by the shop's own mapping
--   first, then by the first channel rule all of whose conditions hold. Without either it is not here.
-- grain: one row per combination that a mapping or a rule fits
-- key: utm_source, utm_medium, utm_campaign
-- cluster: utm_source, utm_medium, utm_campaign
WITH combinations AS MATERIALIZED (
    SELECT DISTINCT
        COALESCE(utm_source, '') AS utm_source,
        COALESCE(utm_medium, '') AS utm_medium,
        COALESCE(utm_campaign, '') AS utm_campaign,
        LOWER(COALESCE(utm_source, '')) AS source,
        LOWER(COALESCE(utm_medium, '')) AS medium,
        LOWER(COALESCE(utm_campaign, '')) AS campaign
    FROM places
    WHERE COALESCE(utm_source, '') <> '' OR COALESCE(utm_medium, '') <> '' OR COALESCE(utm_campaign, '') <> ''
),

paid_mediums AS (
    SELECT DISTINCT mediums.medium
    FROM (SELECT DISTINCT medium FROM combinations) AS mediums
    JOIN utm_words ON utm_words.meaning = 'paid' AND REPLACE(mediums.medium, '_', '~') LIKE utm_words.pattern
),

shop_campaigns AS (
    SELECT DISTINCT campaigns.campaign
    FROM (SELECT DISTINCT campaign FROM combinations) AS campaigns
    JOIN utm_words ON utm_words.meaning = 'shop' AND REPLACE(campaigns.campaign, '_', '~') LIKE utm_words.pattern
),

described AS MATERIALIZED (
    SELECT
        combinations.utm_source,
        combinations.utm_medium,
        combinations.utm_campaign,
        combinations.source,
        combinations.medium,
        combinations.campaign,
        COALESCE(source_kinds.source_kind, '') AS source_kind,
        CASE WHEN paid_mediums.medium IS NULL THEN 0 ELSE 1 END AS is_paid,
        CASE WHEN shop_campaigns.campaign IS NULL THEN 0 ELSE 1 END AS is_shop
    FROM combinations
    LEFT JOIN source_kinds ON source_kinds.value = combinations.source
    LEFT JOIN paid_mediums ON paid_mediums.medium = combinations.medium
    LEFT JOIN shop_campaigns ON shop_campaigns.campaign = combinations.campaign
),

ruled AS (
    SELECT
        described.utm_source,
        described.utm_medium,
        described.utm_campaign,
        MIN(channel_rules.condition_number) AS condition_number
    FROM described
    JOIN channel_rules ON
        described.is_paid >= channel_rules.needs_paid_medium
        AND described.is_shop >= channel_rules.needs_shop_campaign
        AND described.source_kind = COALESCE(channel_rules.source_kind, described.source_kind)
        AND (channel_rules.source_pattern IS NULL OR REPLACE(described.source, '_', '~') LIKE channel_rules.source_pattern)
        AND (channel_rules.medium_pattern IS NULL OR REPLACE(described.medium, '_', '~') LIKE channel_rules.medium_pattern)
        AND (channel_rules.campaign_pattern IS NULL OR REPLACE(described.campaign, '_', '~') LIKE channel_rules.campaign_pattern)
    GROUP BY described.utm_source, described.utm_medium, described.utm_campaign
),

mapped AS (
    SELECT
        described.utm_source,
        described.utm_medium,
        described.utm_campaign,
        MIN(channel_mappings.mapping_number) AS mapping_number
    FROM described
    JOIN channel_mappings ON
        (channel_mappings.field = 'utm_source' AND channel_mappings.value = described.source)
        OR (channel_mappings.field = 'utm_medium' AND channel_mappings.value = described.medium)
        OR (channel_mappings.field = 'utm_campaign' AND channel_mappings.value = described.campaign)
    GROUP BY described.utm_source, described.utm_medium, described.utm_campaign
)

SELECT
    described.utm_source,
    described.utm_medium,
    described.utm_campaign,
    mapped.mapping_number,
    channel_rules.rule_number,
    COALESCE(channel_mappings.channel_group, channel_rules.channel_group) AS channel_group,
    CASE
        WHEN mapped.mapping_number IS NULL THEN 'rule ' || CAST(channel_rules.rule_number AS TEXT) || ': ' || channel_rules.rule_text
    END AS channel_rule
FROM described
LEFT JOIN mapped ON
    mapped.utm_source = described.utm_source
    AND mapped.utm_medium = described.utm_medium
    AND mapped.utm_campaign = described.utm_campaign
LEFT JOIN ruled ON
    ruled.utm_source = described.utm_source
    AND ruled.utm_medium = described.utm_medium
    AND ruled.utm_campaign = described.utm_campaign
LEFT JOIN channel_mappings ON channel_mappings.mapping_number = mapped.mapping_number
LEFT JOIN channel_rules ON channel_rules.condition_number = ruled.condition_number
WHERE mapped.mapping_number IS NOT NULL OR ruled.condition_number IS NOT NULL
