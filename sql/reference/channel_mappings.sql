-- title: Channel mappings
-- description: A shop's own channels, which come before every other rule: what only it knows, such as what a hashed utm_source
--   stands for, or that links with affid are its affiliates'. field is utm_source, utm_medium, utm_campaign (the
--   value decides, in lower case), parameter (that the URL has it decides, whatever its value) or referrer_host. Of
--   several that fit the lowest number decides. The row with number 0 only gives the columns their types.
-- grain: one row per mapping
-- key: mapping_number
WITH mappings (mapping_number, field, value, channel_group) AS (
    VALUES
        -- (1, 'utm_source', '4dd6a7', 'Affiliates'),
        -- (2, 'parameter', 'affid', 'Affiliates'),
        (0, '', '', '')
)

SELECT mapping_number, field, value, channel_group
FROM mappings
WHERE mapping_number > 0
