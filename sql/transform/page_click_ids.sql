-- title: Evidence in each set of parameters
-- description: The click id that decides for a page with these query parameters, and the shop's own mapping of a parameter.
-- grain: one row per set of parameters with a click id or a mapped parameter
-- key: parameter_set_key
-- cluster: parameter_set_key
WITH found AS (
    -- The names stand between spaces; where taking one out changes the list, it was in it. LIKE would read _ as any letter.
    SELECT parameter_sets.parameter_set_key, click_ids.click_id_rank, NULL AS mapping_number
    FROM parameter_sets
    JOIN click_ids ON REPLACE(parameter_sets.parameter_names, ' ' || click_ids.parameter_name || ' ', '') <> parameter_sets.parameter_names
    UNION ALL
    SELECT parameter_sets.parameter_set_key, NULL, channel_mappings.mapping_number
    FROM parameter_sets
    JOIN channel_mappings ON
        channel_mappings.field = 'parameter'
        AND REPLACE(parameter_sets.parameter_names, ' ' || channel_mappings.value || ' ', '') <> parameter_sets.parameter_names
),

first_found AS (
    SELECT parameter_set_key, MIN(click_id_rank) AS click_id_rank, MIN(mapping_number) AS mapping_number
    FROM found
    GROUP BY parameter_set_key
)

SELECT
    first_found.parameter_set_key,
    first_found.mapping_number,
    click_ids.parameter_name,
    click_ids.click_id_kind,
    click_ids.network,
    click_ids.source,
    click_ids.medium,
    click_ids.channel_group
FROM first_found
LEFT JOIN click_ids ON click_ids.click_id_rank = first_found.click_id_rank
