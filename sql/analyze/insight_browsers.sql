-- title: Browsers in which people do not buy
-- description: A browser is named where its conversion rate is at most half of that of the other sessions on the same kind of device, beyond
--   chance (z of the family's least or more, five purchases expected at least), and it has less than half of those sessions: what
--   most people use is the rule. It may be its visitors; it may be a page that breaks in it. Landing pages are judged in the same
--   way, against all other sessions. The worst of each is named.
-- section: What to do next
-- kind: insight
-- format: sessions integer, purchases integer, expected_purchases integer, conversion_rate percent 2, rate_of_others percent 2
-- param insight_family_z: 2.9
-- param least_expected_purchases: 5.0
-- param most_suspects: 1
-- param most_relative_rate: 0.5
-- param most_suspect_share: 0.5
WITH counts AS (
    SELECT
        'browser' AS what,
        device_type,
        browser AS name,
        CAST(SUM(sessions) AS DOUBLE PRECISION) AS sessions,
        CAST(SUM(buying_sessions) AS DOUBLE PRECISION) AS purchases
    FROM session_counts
    WHERE is_bot = 0
    GROUP BY device_type, browser
    UNION ALL
    SELECT
        'page',
        'any',
        CASE WHEN landing_path = '/' THEN 'the home page' ELSE landing_path END,
        CAST(SUM(sessions) AS DOUBLE PRECISION),
        CAST(SUM(buying_sessions) AS DOUBLE PRECISION)
    FROM landing_counts
    WHERE is_bot = 0
    GROUP BY CASE WHEN landing_path = '/' THEN 'the home page' ELSE landing_path END
),

totals AS (
    SELECT what, device_type, CAST(SUM(CAST(sessions AS BIGINT)) AS DOUBLE PRECISION) AS sessions, CAST(SUM(CAST(purchases AS BIGINT)) AS DOUBLE PRECISION) AS purchases
    FROM counts
    GROUP BY what, device_type
),

rates AS (
    SELECT
        counts.*,
        counts.purchases / counts.sessions AS conversion_rate,
        (totals.purchases - counts.purchases) / NULLIF(totals.sessions - counts.sessions, 0) AS rate_of_others,
        totals.sessions - counts.sessions AS other_sessions,
        totals.purchases / totals.sessions AS pooled_rate
    FROM counts
    JOIN totals ON totals.what = counts.what AND totals.device_type = counts.device_type
),

judged AS (
    SELECT
        rates.*,
        sessions * rate_of_others AS expected_purchases,
        (conversion_rate - rate_of_others) / NULLIF(SQRT(pooled_rate * (1 - pooled_rate) * (1 / sessions + 1 / NULLIF(other_sessions, 0))), 0) AS z
    FROM rates
    WHERE sessions * rate_of_others >= :least_expected_purchases
        AND conversion_rate <= :most_relative_rate * rate_of_others
        AND sessions < :most_suspect_share * (sessions + other_sessions)
),

ranked AS (
    SELECT judged.*, ROW_NUMBER() OVER (PARTITION BY what ORDER BY z, name, device_type) AS suspect_number
    FROM judged
    WHERE z <= -:insight_family_z
),

suspects AS (
    SELECT * FROM ranked WHERE suspect_number <= :most_suspects
),

sentences AS (
    SELECT
        1 AS sentence_number,
        'bad' AS tone,
        CASE
            WHEN what = 'browser' AND purchases = 0 THEN 'In {name} on {device_type} nobody bought: none of {sessions} sessions, where the other browsers there would make about {expected_purchases} purchases.'
            WHEN what = 'browser' THEN 'In {name} on {device_type} people seldom buy: {purchases} of {sessions} sessions, where the other browsers there would make about {expected_purchases} purchases.'
            WHEN purchases = 0 THEN 'No visit that began on {name} ended in a purchase: none of {sessions} sessions, where other pages would make about {expected_purchases} purchases.'
            ELSE 'Visits that begin on {name} seldom buy: {conversion_rate} of {sessions} sessions, against {rate_of_others} elsewhere.'
        END AS sentence,
        suspects.*
    FROM suspects
    UNION ALL
    SELECT
        2,
        'note',
        CASE
            WHEN what = 'browser' THEN 'Place a test order in {name} on {device_type}, to tell a checkout that breaks there from visitors who were never going to buy.'
            ELSE 'Look at who is sent to {name} and what they find there: at the rate of the other pages these visits would make about {expected_purchases} purchases, which is a ceiling.'
        END,
        suspects.*
    FROM suspects
    WHERE suspect_number = 1
)

SELECT
    tone,
    sentence,
    what,
    name,
    device_type,
    CAST(sessions AS BIGINT) AS sessions,
    CAST(purchases AS BIGINT) AS purchases,
    expected_purchases,
    conversion_rate,
    rate_of_others
FROM sentences
ORDER BY sentence_number, what, suspect_number
