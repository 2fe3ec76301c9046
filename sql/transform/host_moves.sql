-- title: Hosts that moved
-- description: A host that loses its share of the events on the day (or the day before or after) on which another gains as much: the shop
--   moved. Told as one move, and not as a burst and a host that vanished. It is told to the hour; hits, rate and left_rate are
--   of the hours from then on.
-- grain: one row per move and side of it
-- key: measure, segment, since_date
-- param move_tolerance: 0.25
WITH sides AS (
    SELECT
        rate_findings.measure,
        rate_findings.segment,
        rate_findings.since_date,
        rate_findings.until_date,
        rate_findings.until,
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
        CASE WHEN lost.day_number < gained.day_number THEN lost.day_number ELSE gained.day_number END AS first_day_number,
        lost.expected_rate AS usual_from_rate,
        gained.segment AS to_host,
        gained.since_date AS gained_since,
        gained.until_date,
        gained.until,
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
),

-- A move late on a day shows in the figures of the next one only.
hours AS (
    SELECT
        moves.from_host,
        moves.to_host,
        moves.gained_since,
        event_counts.event_date,
        event_counts.hour_of_day,
        calendar.day_number,
        moves.first_day_number,
        CAST(FLOOR((moves.rate + moves.usual_to_rate) * 1000000) AS BIGINT) AS twice_middle_millionths,
        CAST(SUM(event_counts.event_count) AS BIGINT) AS event_count,
        CAST(SUM(CASE WHEN event_counts.host_group = moves.to_host THEN event_counts.event_count ELSE 0 END) AS BIGINT) AS to_count,
        CAST(SUM(CASE WHEN event_counts.host_group = moves.from_host THEN event_counts.event_count ELSE 0 END) AS BIGINT) AS from_count
    FROM moves
    JOIN calendar ON calendar.day_number >= moves.first_day_number - 1 AND calendar.event_date <= moves.until_date
    JOIN event_counts ON event_counts.event_date = calendar.event_date
    GROUP BY
        moves.from_host, moves.to_host, moves.gained_since, event_counts.event_date, event_counts.hour_of_day,
        calendar.day_number, moves.first_day_number, moves.rate, moves.usual_to_rate
),

running AS (
    SELECT
        hours.*,
        CAST(SUM(2000000 * to_count - twice_middle_millionths * event_count) OVER (
            PARTITION BY from_host, to_host, gained_since
            ORDER BY event_date DESC, hour_of_day DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS BIGINT) AS from_here_on,
        ROW_NUMBER() OVER (PARTITION BY from_host, to_host, gained_since, event_date ORDER BY hour_of_day) AS hour_rank
    FROM hours
),

starts AS (
    SELECT
        from_host,
        to_host,
        gained_since,
        event_date,
        hour_of_day,
        hour_rank,
        ROW_NUMBER() OVER (PARTITION BY from_host, to_host, gained_since ORDER BY from_here_on DESC, event_date, hour_of_day) AS start_rank
    FROM running
    WHERE day_number <= first_day_number + 1
),

figures AS (
    SELECT
        starts.from_host,
        starts.to_host,
        starts.gained_since,
        starts.event_date || CASE
            WHEN starts.hour_rank > 1 THEN ' ' || CASE WHEN starts.hour_of_day < 10 THEN '0' ELSE '' END || CAST(starts.hour_of_day AS TEXT) || ':00'
            ELSE ''
        END AS since,
        CAST(SUM(hours.to_count) AS BIGINT) AS hits,
        CAST(SUM(hours.to_count) AS DOUBLE PRECISION) / SUM(hours.event_count) AS rate,
        CAST(SUM(hours.from_count) AS DOUBLE PRECISION) / SUM(hours.event_count) AS left_rate
    FROM starts
    JOIN hours ON
        hours.from_host = starts.from_host
        AND hours.to_host = starts.to_host
        AND hours.gained_since = starts.gained_since
        AND (hours.event_date > starts.event_date OR (hours.event_date = starts.event_date AND hours.hour_of_day >= starts.hour_of_day))
    WHERE starts.start_rank = 1
    GROUP BY starts.from_host, starts.to_host, starts.gained_since, starts.event_date, starts.hour_of_day, starts.hour_rank
)

SELECT
    'share_of_events' AS measure,
    moves.to_host AS segment,
    moves.gained_since AS since_date,
    moves.from_host,
    moves.to_host,
    figures.since,
    moves.until,
    figures.hits,
    figures.rate,
    moves.usual_to_rate,
    figures.left_rate,
    moves.usual_from_rate
FROM moves
JOIN figures ON figures.from_host = moves.from_host AND figures.to_host = moves.to_host AND figures.gained_since = moves.gained_since
UNION ALL
SELECT
    'share_lost',
    moves.from_host,
    moves.lost_since,
    moves.from_host,
    moves.to_host,
    figures.since,
    moves.until,
    figures.hits,
    figures.rate,
    moves.usual_to_rate,
    figures.left_rate,
    moves.usual_from_rate
FROM moves
JOIN figures ON figures.from_host = moves.from_host AND figures.to_host = moves.to_host AND figures.gained_since = moves.gained_since
