-- title: Anonymised referrers
-- description: Outside referrers whose host is a hash can't be told to be a search engine, a network or a partner.
-- severity: warn
-- format: observed percent 1, expected percent 1
-- needs: events by people with an outside referrer
-- defect: opaque_referrers
-- message: {events_touched} of {population} {population:event|events} by people with a client id and an outside referrer ({observed}) {events_touched:names|name} a hash for its host.
-- cause: The export anonymises hosts.
-- remedy: Ask for a list that gives each hash its kind of site (search, social, partner), or count these visits by their campaign parameters alone.
-- param max_opaque_rate: 0.05
-- param sample_rows: as in exact_duplicates
WITH totals AS (
    SELECT
        COALESCE(CAST(SUM(opaque_referrer + site_referrer) AS BIGINT), 0) AS outside,
        COALESCE(CAST(SUM(opaque_referrer) AS BIGINT), 0) AS opaque,
        MIN(CASE WHEN opaque_referrer > 0 THEN event_date END) AS since,
        MAX(CASE WHEN opaque_referrer > 0 THEN event_date END) AS until
    FROM event_counts
)

SELECT
    'referrers' AS subject,
    outside AS population,
    CASE WHEN outside > 0 THEN CAST(opaque AS DOUBLE PRECISION) / outside END AS observed,
    :max_opaque_rate AS expected,
    CASE WHEN opaque <= :max_opaque_rate * outside THEN 1 ELSE 0 END AS passed,
    since,
    until,
    opaque AS events_touched
FROM totals

-- samples
SELECT file_name, line_number, 'a hash for a referrer: ' || what AS reason
FROM event_lines
WHERE referrer_kind = 'opaque' AND has_client = 1 AND is_bot = 0
ORDER BY event_id
LIMIT :sample_rows
