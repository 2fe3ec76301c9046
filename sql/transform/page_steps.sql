-- title: Steps of pages
-- description: What an event on a page counts as, before any rule of channels is asked: a step towards a purchase, a touch of marketing.
-- grain: one row per page
-- key: page_key
-- cluster: page_key
-- incremental: page_key
SELECT
    pages.page_key,
    CASE WHEN page_types.page_type = 'product' THEN 1 ELSE 0 END AS is_product,
    CASE WHEN pages.utm_source <> '' THEN 1 ELSE 0 END AS has_utm_source
FROM pages
LEFT JOIN page_types ON page_types.path = pages.path
