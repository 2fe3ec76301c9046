-- title: Page groups
-- description: Each place by its host and path, the most visited hosts and paths by name and the rest together, so that checks can
--   compare segments of the traffic without following every URL.
-- grain: one row per place
-- key: place_key
-- cluster: place_key
-- param quality_top_hosts: 8
-- param quality_top_paths: 20
WITH place_counts AS (
    SELECT place_key, COUNT(*) AS event_count
    FROM raw_events
    WHERE place_key IS NOT NULL
    GROUP BY place_key
),

-- There are several places to a path: ranks are counted from the few paths.
host_paths AS MATERIALIZED (
    SELECT
        COALESCE(places.host, 'no host') AS host,
        -- A path that seems to hold an e-mail address is printed nowhere.
        CASE WHEN places.personal_data IS NULL THEN COALESCE(places.path, 'no path') ELSE 'paths with personal data' END AS path,
        CAST(SUM(place_counts.event_count) AS BIGINT) AS event_count
    FROM place_counts
    JOIN places ON places.place_key = place_counts.place_key
    GROUP BY COALESCE(places.host, 'no host'), CASE WHEN places.personal_data IS NULL THEN COALESCE(places.path, 'no path') ELSE 'paths with personal data' END
),

ranked_hosts AS (
    SELECT host, ROW_NUMBER() OVER (ORDER BY CAST(SUM(event_count) AS BIGINT) DESC, host) AS host_rank
    FROM host_paths
    GROUP BY host
),

ranked_paths AS (
    SELECT path, ROW_NUMBER() OVER (ORDER BY CAST(SUM(event_count) AS BIGINT) DESC, path) AS path_rank
    FROM host_paths
    GROUP BY path
),

named_hosts AS (
    SELECT host FROM ranked_hosts WHERE host_rank <= :quality_top_hosts
),

named_paths AS (
    SELECT path FROM ranked_paths WHERE path_rank <= :quality_top_paths
)

SELECT
    places.place_key,
    COALESCE(named_hosts.host, 'other hosts') AS host_group,
    COALESCE(named_paths.path, 'other paths') AS path_group,
    CASE WHEN places.utm_source IS NULL THEN 0 ELSE 1 END AS has_utm,
    places.has_conflicting_utm,
    CASE WHEN page_click_ids.click_id_kind = 'paid' THEN 1 ELSE 0 END AS has_paid_click_id
FROM places
LEFT JOIN named_hosts ON named_hosts.host = COALESCE(places.host, 'no host')
LEFT JOIN named_paths ON named_paths.path = CASE WHEN places.personal_data IS NULL THEN COALESCE(places.path, 'no path') ELSE 'paths with personal data' END
LEFT JOIN page_click_ids ON page_click_ids.parameter_set_key = places.parameter_set_key
