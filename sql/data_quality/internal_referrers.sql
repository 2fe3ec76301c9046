-- title: Staging and other internal hosts as referrers
-- description: Visits that come from a host under the shop's domain which has no pages in the export: a staging system, a help desk. Visits
--   from staging are colleagues at work.
-- severity: warn
-- defect: staging_referrers
-- message: {events_touched} {events_touched:event comes|events come} from {subject}.
-- cause: Colleagues who test the shop with the production tag.
-- remedy: Filter staging and office traffic in the tag; if the host is part of the shop, have its pages exported.
-- param max_internal_events: 0
-- param sample_rows: as in exact_duplicates
WITH words (word) AS (
    VALUES ('staging'), ('stage'), ('dev'), ('test'), ('preview'), ('qa'), ('uat'), ('localhost')
),

hosts AS (
    SELECT
        referrers.referrer_host,
        CAST(SUM(referrer_uses.event_count) AS BIGINT) AS event_count,
        MIN(referrer_uses.first_date) AS since,
        MAX(referrer_uses.last_date) AS until
    FROM referrer_uses
    JOIN referrer_kinds ON referrer_kinds.referrer_key = referrer_uses.referrer_key
    JOIN referrers ON referrers.referrer_key = referrer_kinds.referrer_key
    WHERE referrer_kinds.referrer_kind = 'own other' OR referrers.referrer_host = 'localhost' OR SUBSTR(referrers.referrer_host, 1, 4) = '127.'
    GROUP BY referrers.referrer_host
),

checked AS (
    SELECT COALESCE(CAST(SUM(referrer_uses.event_count) AS BIGINT), 0) AS event_count
    FROM referrer_uses
    JOIN referrer_kinds ON referrer_kinds.referrer_key = referrer_uses.referrer_key
    WHERE referrer_kinds.referrer_kind <> 'empty'
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
WITH found AS (
    SELECT
        referrers.referrer_host,
        raw_events.file_id,
        raw_events.event_id,
        raw_events.line_number,
        ROW_NUMBER() OVER (PARTITION BY referrers.referrer_host ORDER BY raw_events.event_id) AS sample_number
    FROM raw_events
    CROSS JOIN referrers -- so that SQLite reads the records once and looks the few up
    WHERE
        raw_events.referrer_key IN (
            SELECT referrers.referrer_key
            FROM referrer_kinds
            JOIN referrers ON referrers.referrer_key = referrer_kinds.referrer_key
            WHERE referrer_kinds.referrer_kind = 'own other' OR referrers.referrer_host = 'localhost' OR SUBSTR(referrers.referrer_host, 1, 4) = '127.'
        )
        AND referrers.referrer_key = raw_events.referrer_key
)

SELECT found.referrer_host AS subject, input_files.file_name, found.line_number, 'comes from ' || found.referrer_host AS reason
FROM found
JOIN input_files ON input_files.file_id = found.file_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id
