-- title: Page groups
-- description: Each page by its host and path, the most visited hosts and paths by name and the rest together, so that checks can
--   compare segments of the traffic without following every URL.
-- grain: one row per page
-- key: page_key
-- cluster: page_key
-- param quality_top_hosts: 8
-- param quality_top_paths: 20
WITH page_counts AS (
    SELECT page_key, COUNT(*) AS event_count
    FROM raw_events
    WHERE page_key IS NOT NULL
    GROUP BY page_key
),

-- There are many pages to a path: ranks are counted from the few places.
places AS MATERIALIZED (
    SELECT
        COALESCE(pages.host, 'no host') AS host,
        -- A path that seems to hold an e-mail address is printed nowhere.
        CASE WHEN pages.personal_data IS NULL THEN COALESCE(pages.path, 'no path') ELSE 'paths with personal data' END AS path,
        CAST(SUM(page_counts.event_count) AS BIGINT) AS event_count
    FROM page_counts
    JOIN pages ON pages.page_key = page_counts.page_key
    GROUP BY COALESCE(pages.host, 'no host'), CASE WHEN pages.personal_data IS NULL THEN COALESCE(pages.path, 'no path') ELSE 'paths with personal data' END
),

ranked_hosts AS (
    SELECT host, ROW_NUMBER() OVER (ORDER BY CAST(SUM(event_count) AS BIGINT) DESC, host) AS host_rank
    FROM places
    GROUP BY host
),

ranked_paths AS (
    SELECT path, ROW_NUMBER() OVER (ORDER BY CAST(SUM(event_count) AS BIGINT) DESC, path) AS path_rank
    FROM places
    GROUP BY path
),

named_hosts AS (
    SELECT host FROM ranked_hosts WHERE host_rank <= :quality_top_hosts
),

named_paths AS (
    SELECT path FROM ranked_paths WHERE path_rank <= :quality_top_paths
)

SELECT
    pages.page_key,
    COALESCE(named_hosts.host, 'other hosts') AS host_group,
    COALESCE(named_paths.path, 'other paths') AS path_group,
    CASE WHEN pages.utm_source IS NULL THEN 0 ELSE 1 END AS has_utm,
    pages.has_conflicting_utm,
    CASE WHEN page_click_ids.click_id_kind = 'paid' THEN 1 ELSE 0 END AS has_paid_click_id
FROM pages
LEFT JOIN named_hosts ON named_hosts.host = COALESCE(pages.host, 'no host')
LEFT JOIN named_paths ON named_paths.path = CASE WHEN pages.personal_data IS NULL THEN COALESCE(pages.path, 'no path') ELSE 'paths with personal data' END
LEFT JOIN page_click_ids ON page_click_ids.parameter_set_key = pages.parameter_set_key
