-- title: Personal data and secrets in URLs
-- description: E-mail addresses, phone numbers, card numbers and tokens in page URLs and referrers, told by their form. They are in every copy
--   of the export, and go to every service that sees the URL. What was found is not repeated here.
-- severity: warn
-- defect: emails_in_urls
-- defect: phones_in_urls
-- defect: cards_in_urls
-- defect: tokens_in_urls
-- defect: emails_in_referrers
-- message: {events_touched} {events_touched:event carries|events carry} what looks like {what} in the {place}.
-- cause: A form that sends by GET, or a link in an e-mail that carries the reader's address or a login token.
-- remedy: Take it out of the URL at its source, and delete it from the exports.
-- param max_personal_events: 0
-- param sample_rows: as in exact_duplicates
WITH kinds (kind, what) AS (
    VALUES
        ('card', 'a card number'),
        ('email', 'an e-mail address'),
        ('phone', 'a phone number'),
        ('token', 'a token or password')
),

spots AS (
    SELECT 'page URL' AS place, places.personal_data, COUNT(*) AS event_count, MIN(raw_events.event_date) AS first_date, MAX(raw_events.event_date) AS last_date
    FROM (SELECT COUNT(personal_data) AS place_count FROM places) AS found_places
    CROSS JOIN raw_events -- so that SQLite reads no record where no page has any
    CROSS JOIN places
    WHERE
        found_places.place_count > 0
        AND raw_events.place_key IN (SELECT place_key FROM places WHERE personal_data IS NOT NULL)
        AND places.place_key = raw_events.place_key
    GROUP BY places.personal_data
    UNION ALL
    SELECT 'referrer', referrers.personal_data, referrer_uses.event_count, referrer_uses.first_date, referrer_uses.last_date
    FROM referrers
    JOIN referrer_uses ON referrer_uses.referrer_key = referrers.referrer_key
    WHERE referrers.personal_data IS NOT NULL
),

found AS (
    SELECT
        spots.place,
        kinds.kind,
        CAST(SUM(spots.event_count) AS BIGINT) AS event_count,
        MIN(spots.first_date) AS since,
        MAX(spots.last_date) AS until
    FROM spots
    JOIN kinds ON spots.personal_data LIKE '% ' || kinds.kind || ' %'
    GROUP BY spots.place, kinds.kind
),

populations AS (
    SELECT 'page URL' AS place, COUNT(page_key) AS event_count FROM raw_events
    UNION ALL
    SELECT 'referrer', COALESCE(CAST(SUM(referrer_uses.event_count) AS BIGINT), 0)
    FROM referrer_uses
    JOIN referrer_kinds ON referrer_kinds.referrer_key = referrer_uses.referrer_key
    WHERE referrer_kinds.referrer_kind <> 'empty'
)

SELECT
    kinds.kind || ' in the ' || populations.place AS subject,
    populations.event_count AS population,
    COALESCE(found.event_count, 0) AS observed,
    :max_personal_events AS expected,
    CASE WHEN COALESCE(found.event_count, 0) <= :max_personal_events THEN 1 ELSE 0 END AS passed,
    kinds.what,
    populations.place,
    found.since,
    found.until,
    found.event_count AS events_touched
FROM kinds
CROSS JOIN populations
LEFT JOIN found ON found.place = populations.place AND found.kind = kinds.kind
ORDER BY kinds.kind, populations.place

-- samples
WITH kinds (kind) AS (
    VALUES ('card'), ('email'), ('phone'), ('token')
),

-- CROSS JOIN, so that SQLite reads the records once, and not at all where there is nothing to find, and looks the few up.
hits AS (
    SELECT raw_events.event_id, places.personal_data, 'page URL' AS place
    FROM (SELECT COUNT(personal_data) AS place_count FROM places) AS found_places
    CROSS JOIN raw_events
    CROSS JOIN places
    WHERE found_places.place_count > 0 AND raw_events.place_key IN (SELECT place_key FROM places WHERE personal_data IS NOT NULL) AND places.place_key = raw_events.place_key
    UNION ALL
    SELECT raw_events.event_id, referrers.personal_data, 'referrer'
    FROM (SELECT COUNT(personal_data) AS referrer_count FROM referrers) AS found_referrers
    CROSS JOIN raw_events
    CROSS JOIN referrers
    WHERE found_referrers.referrer_count > 0 AND raw_events.referrer_key IN (SELECT referrer_key FROM referrers WHERE personal_data IS NOT NULL) AND referrers.referrer_key = raw_events.referrer_key
),

found AS (
    SELECT
        kinds.kind || ' in the ' || hits.place AS subject,
        hits.event_id,
        ROW_NUMBER() OVER (PARTITION BY kinds.kind, hits.place ORDER BY hits.event_id) AS sample_number
    FROM hits
    CROSS JOIN kinds
    WHERE hits.personal_data LIKE '% ' || kinds.kind || ' %'
)

SELECT found.subject, input_files.file_name, raw_events.line_number, found.subject || ' (not shown)' AS reason
FROM found
JOIN raw_events ON raw_events.event_id = found.event_id
JOIN input_files ON input_files.file_id = raw_events.file_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id, found.subject
