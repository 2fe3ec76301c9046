-- title: Referrer kinds
-- description: Where each referrer points: nowhere (empty), to the shop's own pages, to a host of the shop's that is no page of the
--   export (staging, support), to a host whose name is a hash, or to a site. A host is the shop's where it is, or
--   lies under, the domain of a host that pages of the export have.
-- grain: one row per referrer
-- key: referrer_key
-- cluster: referrer_key
WITH page_hosts AS (
    SELECT DISTINCT host
    FROM places
    WHERE host IS NOT NULL
),

-- The shortest host that all of a host's names end in: shop.example for checkout.shop.example and www.shop.example.
domains AS (
    SELECT DISTINCT CASE WHEN LOWER(host) LIKE 'www.%' THEN SUBSTR(host, 5) ELSE host END AS domain
    FROM page_hosts
),

referrer_hosts AS (
    SELECT DISTINCT referrer_host
    FROM referrers
    WHERE referrer_host IS NOT NULL
),

own_hosts AS (
    SELECT DISTINCT referrer_hosts.referrer_host
    FROM referrer_hosts
    JOIN domains ON
        referrer_hosts.referrer_host = domains.domain
        OR SUBSTR(referrer_hosts.referrer_host, LENGTH(referrer_hosts.referrer_host) - LENGTH(domains.domain)) = '.' || domains.domain
)

SELECT
    referrers.referrer_key,
    CASE
        WHEN referrers.referrer = '' THEN 'empty'
        WHEN page_hosts.host IS NOT NULL THEN 'own page'
        WHEN own_hosts.referrer_host IS NOT NULL THEN 'own other'
        WHEN referrers.is_opaque_host = 1 THEN 'opaque'
        ELSE 'site'
    END AS referrer_kind
FROM referrers
LEFT JOIN page_hosts ON page_hosts.host = referrers.referrer_host
LEFT JOIN own_hosts ON own_hosts.referrer_host = referrers.referrer_host
