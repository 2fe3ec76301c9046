-- title: Page details
-- description: What the URLs of each place say: the kind of page, its UTM values and click id, and the channel group that they stand for.
--   evidence_rank says how strong that evidence is: 0 the shop's own mapping, 1 UTM values that a rule knows, 2 a click
--   id, 3 a referrer from outside (see referrer_sources), 4 UTM values that no rule knows; NULL: none.
-- grain: one row per place
-- key: place_key
-- cluster: place_key
-- incremental: place_key
WITH joined AS (
    SELECT
        places.place_key,
        places.host,
        places.path,
        page_types.page_type,
        NULLIF(places.utm_source, '') AS utm_source,
        NULLIF(places.utm_medium, '') AS utm_medium,
        NULLIF(places.utm_campaign, '') AS utm_campaign,
        page_click_ids.parameter_name AS click_id,
        page_click_ids.click_id_kind,
        page_click_ids.source AS click_source,
        page_click_ids.medium AS click_medium,
        page_click_ids.channel_group AS click_group,
        utm_channels.rule_number,
        utm_channels.channel_group AS utm_group,
        utm_channels.channel_rule AS utm_rule,
        CASE
            WHEN utm_channels.mapping_number IS NULL OR page_click_ids.mapping_number < utm_channels.mapping_number THEN page_click_ids.mapping_number
            ELSE utm_channels.mapping_number
        END AS mapping_number
    FROM places
    LEFT JOIN page_types ON page_types.path = places.path
    LEFT JOIN page_click_ids ON page_click_ids.parameter_set_key = places.parameter_set_key
    LEFT JOIN utm_channels ON
        utm_channels.utm_source = COALESCE(places.utm_source, '')
        AND utm_channels.utm_medium = COALESCE(places.utm_medium, '')
        AND utm_channels.utm_campaign = COALESCE(places.utm_campaign, '')
)

SELECT
    joined.place_key,
    joined.host,
    joined.path,
    joined.page_type,
    joined.utm_source,
    joined.utm_medium,
    joined.utm_campaign,
    joined.click_id,
    joined.click_id_kind,
    COALESCE(joined.utm_source, joined.click_source) AS source,
    COALESCE(joined.utm_medium, joined.click_medium) AS medium,
    CASE
        WHEN joined.mapping_number IS NOT NULL THEN 0
        WHEN joined.rule_number IS NOT NULL THEN 1
        WHEN joined.click_id IS NOT NULL THEN 2
        WHEN joined.utm_source IS NOT NULL OR joined.utm_medium IS NOT NULL OR joined.utm_campaign IS NOT NULL THEN 4
    END AS evidence_rank,
    CASE
        WHEN joined.mapping_number IS NOT NULL THEN channel_mappings.channel_group
        WHEN joined.rule_number IS NOT NULL THEN joined.utm_group
        WHEN joined.click_id IS NOT NULL THEN joined.click_group
        WHEN joined.utm_source IS NOT NULL OR joined.utm_medium IS NOT NULL OR joined.utm_campaign IS NOT NULL THEN 'Unassigned'
    END AS channel_group,
    CASE
        WHEN joined.mapping_number IS NOT NULL THEN channel_mappings.field || ' ' || channel_mappings.value
        WHEN joined.rule_number IS NULL AND joined.click_id IS NOT NULL THEN joined.click_id
        WHEN joined.utm_source IS NOT NULL OR joined.utm_medium IS NOT NULL OR joined.utm_campaign IS NOT NULL
            THEN COALESCE(joined.utm_source, '(no source)') || ' / ' || COALESCE(joined.utm_medium, '(no medium)')
                || COALESCE(' / ' || joined.utm_campaign, '')
    END AS channel_evidence,
    CASE
        WHEN joined.mapping_number IS NOT NULL THEN 'mapping ' || CAST(joined.mapping_number AS TEXT)
        WHEN joined.rule_number IS NOT NULL THEN joined.utm_rule
        WHEN joined.click_id IS NOT NULL THEN 'click id: ' || joined.click_id_kind
        WHEN joined.utm_source IS NOT NULL OR joined.utm_medium IS NOT NULL OR joined.utm_campaign IS NOT NULL THEN 'no rule knows the UTM values'
    END AS channel_rule
FROM joined
LEFT JOIN channel_mappings ON channel_mappings.mapping_number = joined.mapping_number
