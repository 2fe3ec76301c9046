-- title: Raw values where the rest is hashed
-- description: In an export whose URL parameters are hashed (hexadecimal), those that are not slipped through: click ids, names, search words.
-- severity: warn
-- format: observed percent 1, expected percent 1
-- needs: an export whose parameters are mostly hashed
-- defect: unhashed_referrers:all
-- message: {observed} of the parameter values in the {subject} are raw ({events_touched} {events_touched:event|events}), while those of the {hashed_place} are hashed.
-- cause: The anonymisation covers one column and not the other, or not all parameters.
-- remedy: Extend the anonymisation to it, and export again.
-- param least_hashed_share: 0.9
-- param max_raw_share: 0.1
-- param least_values: 100
-- param sample_rows: as in exact_duplicates
WITH page_values AS (
    SELECT CAST(SUM(value_count) AS BIGINT) AS value_count, CAST(SUM(hashed_count) AS BIGINT) AS hashed_count
    FROM pages
),

referrer_values AS (
    SELECT CAST(SUM(value_count) AS BIGINT) AS value_count, CAST(SUM(hashed_count) AS BIGINT) AS hashed_count
    FROM referrers
),

-- Events are counted where it comes to a finding alone.
raw_pages AS (
    SELECT NULLIF(COUNT(*), 0) AS event_count, MIN(raw_events.event_date) AS since, MAX(raw_events.event_date) AS until
    FROM page_values
    CROSS JOIN raw_events
    WHERE
        page_values.value_count - page_values.hashed_count > :max_raw_share * page_values.value_count
        AND raw_events.page_key IN (SELECT page_key FROM pages WHERE value_count > hashed_count)
),

raw_referrers AS (
    SELECT CAST(SUM(referrer_uses.event_count) AS BIGINT) AS event_count, MIN(referrer_uses.first_date) AS since, MAX(referrer_uses.last_date) AS until
    FROM referrer_uses
    JOIN referrers ON referrers.referrer_key = referrer_uses.referrer_key
    WHERE referrers.value_count > referrers.hashed_count
),

spots AS (
    SELECT
        'page URLs' AS place,
        'referrers' AS other_place,
        page_values.value_count,
        page_values.hashed_count,
        raw_pages.event_count AS raw_events,
        raw_pages.since,
        raw_pages.until
    FROM page_values
    CROSS JOIN raw_pages
    UNION ALL
    SELECT
        'referrers',
        'page URLs',
        referrer_values.value_count,
        referrer_values.hashed_count,
        raw_referrers.event_count,
        raw_referrers.since,
        raw_referrers.until
    FROM referrer_values
    CROSS JOIN raw_referrers
),

judged AS (
    SELECT spots.*, others.hashed_count AS other_hashed, others.value_count AS other_values
    FROM spots
    JOIN spots AS others ON others.place = spots.other_place
)

SELECT
    place AS subject,
    CASE
        WHEN (value_count >= :least_values AND hashed_count >= :least_hashed_share * value_count) OR (other_values >= :least_values AND other_hashed >= :least_hashed_share * other_values) THEN COALESCE(value_count, 0)
        ELSE 0
    END AS population,
    CASE WHEN value_count > 0 THEN CAST(value_count - hashed_count AS DOUBLE PRECISION) / value_count END AS observed,
    :max_raw_share AS expected,
    CASE WHEN value_count - hashed_count <= :max_raw_share * value_count THEN 1 ELSE 0 END AS passed,
    other_place AS hashed_place,
    since,
    until,
    raw_events AS events_touched
FROM judged
ORDER BY place

-- samples
SELECT found.place AS subject, event_lines.file_name, event_lines.line_number, 'raw values (not shown) in the ' || CASE found.place WHEN 'referrers' THEN 'referrer' ELSE 'page URL' END AS reason
FROM (
    SELECT of_referrers.* FROM (
        SELECT 'referrers' AS place, event_id
        FROM raw_events
        WHERE referrer_key IN (SELECT referrer_key FROM referrers WHERE value_count > hashed_count)
        ORDER BY event_id
        LIMIT :sample_rows
    ) AS of_referrers
    UNION ALL
    SELECT of_pages.* FROM (
        SELECT 'page URLs', event_id
        FROM (SELECT SUM(value_count - hashed_count) AS raw_count, SUM(value_count) AS value_count FROM pages) AS sums
        CROSS JOIN raw_events -- so that SQLite reads no record where there is nothing to show
        WHERE sums.raw_count > :max_raw_share * sums.value_count AND page_key IN (SELECT page_key FROM pages WHERE value_count > hashed_count)
        ORDER BY event_id
        LIMIT :sample_rows
    ) AS of_pages
) AS found
JOIN event_lines ON event_lines.event_id = found.event_id
ORDER BY found.place, found.event_id
