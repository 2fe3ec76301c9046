-- title: Staging and other internal hosts as referrers
-- description: Visits that come from a host under the shop's domain which has no pages in the export: a staging system, a help desk. Visits
--   from staging are colleagues at work.
-- severity: warn
-- defect: staging_referrers
-- message: {events_touched} {events_touched:event comes|events come} from {subject}.
-- cause: Colleagues who test the shop with the production tag.
-- remedy: Filter staging and office traffic in the tag; if the host is part of the shop, have its pages exported.
-- param max_internal_events: 0
WITH words (word) AS (
    VALUES ('staging'), ('stage'), ('dev'), ('test'), ('preview'), ('qa'), ('uat'), ('localhost')
),

hosts AS (
    SELECT
        referrers.referrer_host,
        CAST(SUM(referrer_kinds.event_count) AS BIGINT) AS event_count,
        MIN(referrer_kinds.first_date) AS since,
        MAX(referrer_kinds.last_date) AS until
    FROM referrer_kinds
    JOIN referrers ON referrers.referrer_key = referrer_kinds.referrer_key
    WHERE referrer_kinds.referrer_kind = 'own other' OR referrers.referrer_host = 'localhost' OR SUBSTR(referrers.referrer_host, 1, 4) = '127.'
    GROUP BY referrers.referrer_host
),

checked AS (
    SELECT COALESCE(CAST(SUM(event_count) AS BIGINT), 0) AS event_count
    FROM referrer_kinds
    WHERE referrer_kind <> 'empty'
),

judged AS (
    SELECT
        hosts.referrer_host,
        hosts.event_count,
        hosts.since,
        hosts.until,
        MAX(CASE WHEN '.' || REPLACE(hosts.referrer_host, '-', '.') || '.' LIKE '%.' || words.word || '.%' THEN 1 ELSE 0 END) AS is_internal
    FROM hosts
    CROSS JOIN words
    GROUP BY hosts.referrer_host, hosts.event_count, hosts.since, hosts.until
)

SELECT
    COALESCE(judged.referrer_host, 'referrers') AS subject,
    checked.event_count AS population,
    COALESCE(judged.event_count, 0) AS observed,
    :max_internal_events AS expected,
    CASE WHEN judged.is_internal = 1 AND judged.event_count > :max_internal_events THEN 0 ELSE 1 END AS passed,
    judged.since,
    judged.until,
    judged.event_count AS events_touched
FROM checked
LEFT JOIN judged ON 1 = 1
ORDER BY COALESCE(judged.referrer_host, 'referrers')

-- samples
SELECT input_files.file_name, raw_events.line_number, 'comes from ' || referrers.referrer_host AS reason
FROM raw_events
JOIN input_files ON input_files.file_id = raw_events.file_id
JOIN referrers ON referrers.referrer_key = raw_events.referrer_key
WHERE raw_events.referrer_key IN (SELECT referrer_key FROM referrer_kinds WHERE referrer_kind = 'own other')
ORDER BY raw_events.event_id
LIMIT 20
