-- title: Click ids of each set of parameters
-- description: The click id that decides for a page with these query parameters, where it has one.
-- grain: one row per set of parameters with a click id
-- key: parameter_set_key
WITH first_ids AS (
    SELECT
        parameter_sets.parameter_set_key,
        MIN(click_ids.click_id_rank) AS click_id_rank
    FROM parameter_sets
    -- The names stand between spaces; where taking one out changes the list, it was in it. LIKE would read _ as any letter.
    JOIN click_ids ON REPLACE(parameter_sets.parameter_names, ' ' || click_ids.parameter_name || ' ', '') <> parameter_sets.parameter_names
    GROUP BY parameter_sets.parameter_set_key
)

SELECT
    first_ids.parameter_set_key,
    click_ids.parameter_name,
    click_ids.click_id_kind,
    click_ids.network,
    click_ids.source,
    click_ids.medium
FROM first_ids
JOIN click_ids ON click_ids.click_id_rank = first_ids.click_id_rank
