-- title: Steps of pages
-- description: What an event on a page of a place counts as: a step towards a purchase, a touch of marketing, evidence of a channel. Narrow, since
--   every event asks; what the evidence is, is in page_details.
-- grain: one row per place
-- key: place_key
-- cluster: place_key
-- incremental: place_key
SELECT
    place_key,
    CASE WHEN page_type = 'product' THEN 1 ELSE 0 END AS is_product,
    CASE WHEN utm_source IS NULL THEN 0 ELSE 1 END AS has_utm_source,
    evidence_rank
FROM page_details
