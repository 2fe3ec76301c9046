-- title: Hosts that moved
-- description: A host that loses its share of the events on the day (or the day before or after) on which another gains as much: the shop
--   moved. Told as one move, and not as a burst and a host that vanished.
-- grain: one row per move and side of it
-- key: measure, segment, since_date
-- param move_tolerance: 0.25
WITH sides AS (
    SELECT
        rate_findings.measure,
        rate_findings.segment,
        rate_findings.since_date,
        rate_findings.since,
        rate_findings.until,
        rate_findings.hits,
        rate_findings.rate,
        rate_findings.expected_rate,
        calendar.day_number
    FROM rate_findings
    JOIN calendar ON calendar.event_date = rate_findings.since_date
    WHERE
        rate_findings.segment_kind = 'host'
        AND rate_findings.measure IN ('share_of_events', 'share_lost')
        AND rate_findings.segment NOT IN ('no host', 'no page', 'other hosts')
),

pairs AS (
    SELECT
        lost.segment AS from_host,
        lost.since_date AS lost_since,
        lost.rate AS left_rate,
        lost.expected_rate AS usual_from_rate,
        gained.segment AS to_host,
        gained.since_date AS gained_since,
        gained.since,
        gained.until,
        gained.hits,
        gained.rate,
        gained.expected_rate AS usual_to_rate,
        ROW_NUMBER() OVER (
            PARTITION BY lost.segment, lost.since_date
            ORDER BY ABS(lost.expected_rate - lost.rate - gained.rate + gained.expected_rate), gained.segment, gained.since_date
        ) AS rank_of_gained,
        ROW_NUMBER() OVER (
            PARTITION BY gained.segment, gained.since_date
            ORDER BY ABS(lost.expected_rate - lost.rate - gained.rate + gained.expected_rate), lost.segment, lost.since_date
        ) AS rank_of_lost
    FROM sides AS lost
    JOIN sides AS gained ON gained.measure = 'share_of_events' AND gained.segment <> lost.segment AND ABS(gained.day_number - lost.day_number) <= 1
    WHERE
        lost.measure = 'share_lost'
        AND ABS(lost.expected_rate - lost.rate - gained.rate + gained.expected_rate) <= :move_tolerance * (lost.expected_rate - lost.rate)
),

moves AS (
    SELECT * FROM pairs WHERE rank_of_gained = 1 AND rank_of_lost = 1
)

SELECT 'share_of_events' AS measure, to_host AS segment, gained_since AS since_date, from_host, to_host, since, until, hits, rate, usual_to_rate, left_rate, usual_from_rate
FROM moves
UNION ALL
SELECT 'share_lost', from_host, lost_since, from_host, to_host, since, until, hits, rate, usual_to_rate, left_rate, usual_from_rate
FROM moves
