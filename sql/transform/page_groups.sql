-- title: Page groups
-- description: Each page by its host and path, the most visited hosts and paths by name and the rest together, so that checks can
--   compare segments of the traffic without following every URL.
-- grain: one row per page
-- key: page_key
-- cluster: page_key
-- param quality_top_hosts: 8
-- param quality_top_paths: 20
WITH page_counts AS (
    SELECT page_key, COUNT(*) AS event_count, MIN(event_date) AS first_date, MAX(event_date) AS last_date
    FROM raw_events
    WHERE page_key IS NOT NULL
    GROUP BY page_key
),

named AS (
    SELECT
        pages.page_key,
        COALESCE(pages.host, 'no host') AS host,
        COALESCE(pages.path, 'no path') AS path,
        CASE WHEN pages.utm_source IS NULL THEN 0 ELSE 1 END AS has_utm,
        pages.has_conflicting_utm,
        CASE WHEN page_click_ids.click_id_kind = 'paid' THEN 1 ELSE 0 END AS has_paid_click_id,
        COALESCE(page_counts.event_count, 0) AS event_count,
        page_counts.first_date,
        page_counts.last_date
    FROM pages
    LEFT JOIN page_counts ON page_counts.page_key = pages.page_key
    LEFT JOIN page_click_ids ON page_click_ids.parameter_set_key = pages.parameter_set_key
),

ranked_hosts AS (
    SELECT host, ROW_NUMBER() OVER (ORDER BY CAST(SUM(event_count) AS BIGINT) DESC, host) AS host_rank
    FROM named
    GROUP BY host
),

ranked_paths AS (
    SELECT path, ROW_NUMBER() OVER (ORDER BY CAST(SUM(event_count) AS BIGINT) DESC, path) AS path_rank
    FROM named
    GROUP BY path
)

SELECT
    named.page_key,
    CASE WHEN ranked_hosts.host_rank <= :quality_top_hosts THEN named.host ELSE 'other hosts' END AS host_group,
    CASE WHEN ranked_paths.path_rank <= :quality_top_paths THEN named.path ELSE 'other paths' END AS path_group,
    named.has_utm,
    named.has_conflicting_utm,
    named.has_paid_click_id,
    named.event_count,
    named.first_date,
    named.last_date
FROM named
JOIN ranked_hosts ON ranked_hosts.host = named.host
JOIN ranked_paths ON ranked_paths.path = named.path
