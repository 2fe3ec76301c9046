-- title: Referrers
-- description: Where each referrer comes from. 'internal' is the shop itself: the hosts that hold a fair share of its pages, and
--   whatever lies under them. Without a host (an empty referrer) there is no kind.
-- grain: one row per referrer
-- key: referrer_key
-- cluster: referrer_key
-- param min_own_host_share: 0.01
WITH own_domains AS (
    SELECT CASE WHEN LOWER(places.host) LIKE 'www.%' THEN SUBSTR(places.host, 5) ELSE places.host END AS domain
    FROM pages
    JOIN places ON places.place_key = pages.place_key
    WHERE places.host IS NOT NULL
    GROUP BY places.host
    HAVING COUNT(*) >= :min_own_host_share * (SELECT COUNT(*) FROM pages)
),

hosts AS (
    SELECT DISTINCT referrer_host
    FROM referrers
    WHERE referrer_host IS NOT NULL
),

internal_hosts AS (
    SELECT DISTINCT hosts.referrer_host
    FROM hosts
    JOIN own_domains ON
        hosts.referrer_host = own_domains.domain
        OR (
            LENGTH(hosts.referrer_host) > LENGTH(own_domains.domain)
            AND SUBSTR(hosts.referrer_host, LENGTH(hosts.referrer_host) - LENGTH(own_domains.domain)) = '.' || own_domains.domain
        )
),

mapped AS (
    SELECT value AS referrer_host, MIN(mapping_number) AS mapping_number
    FROM channel_mappings
    WHERE field = 'referrer_host'
    GROUP BY value
),

kinds AS (
    SELECT
        hosts.referrer_host,
        COALESCE(source_kinds.source, hosts.referrer_host) AS source,
        CASE
            WHEN internal_hosts.referrer_host IS NOT NULL THEN 'internal'
            ELSE COALESCE(source_kinds.source_kind, 'other')
        END AS referrer_kind,
        mapped.mapping_number
    FROM hosts
    LEFT JOIN internal_hosts ON internal_hosts.referrer_host = hosts.referrer_host
    LEFT JOIN source_kinds ON source_kinds.value = hosts.referrer_host
    LEFT JOIN mapped ON mapped.referrer_host = hosts.referrer_host
)

SELECT
    referrers.referrer_key,
    kinds.referrer_host,
    kinds.referrer_kind,
    kinds.source,
    referrer_channels.medium,
    -- The strength of the evidence, the smallest first, as in page_details.
    CASE
        WHEN kinds.mapping_number IS NOT NULL THEN 0
        WHEN referrer_channels.channel_group IS NOT NULL THEN 3
    END AS evidence_rank,
    COALESCE(channel_mappings.channel_group, referrer_channels.channel_group) AS channel_group,
    CASE
        WHEN kinds.mapping_number IS NOT NULL THEN 'mapping ' || CAST(kinds.mapping_number AS TEXT)
        WHEN referrer_channels.channel_group IS NOT NULL THEN 'referrer: ' || kinds.referrer_kind
    END AS channel_rule
FROM referrers
LEFT JOIN kinds ON kinds.referrer_host = referrers.referrer_host
LEFT JOIN referrer_channels ON referrer_channels.referrer_kind = kinds.referrer_kind
LEFT JOIN channel_mappings ON channel_mappings.mapping_number = kinds.mapping_number
