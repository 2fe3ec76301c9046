-- title: Direct share
-- description: The share of visits of which nothing says where they came from, against the complete days before. A leap means that
--   campaign links lost their parameters, or that a campaign has ended.
-- severity: warn
-- tier: drift
-- message: {observed} of {population} visits on {subject} are direct, where {usual} are usual.
-- format: observed percent 1, expected percent 1, usual percent 1
-- param max_direct_share_rise: 0.15
-- param least_visits: 100
WITH daily AS (
    SELECT
        days.day_number,
        days.event_date,
        COUNT(*) AS session_count,
        COUNT(CASE WHEN sessions.channel = 'direct' THEN 1 END) AS direct_count
    FROM sessions
    JOIN days ON days.event_date = sessions.session_date
    WHERE days.is_complete = 1
    GROUP BY days.day_number, days.event_date
),

earlier AS (
    SELECT
        CAST(SUM(daily.direct_count) AS DOUBLE PRECISION) / NULLIF(CAST(SUM(daily.session_count) AS BIGINT), 0) AS direct_share
    FROM daily
    JOIN monitored_day ON daily.day_number < monitored_day.day_number
)

SELECT
    daily.event_date AS subject,
    daily.session_count AS population,
    CAST(daily.direct_count AS DOUBLE PRECISION) / daily.session_count AS observed,
    earlier.direct_share + :max_direct_share_rise AS expected,
    CASE
        WHEN earlier.direct_share IS NULL OR daily.session_count < :least_visits THEN NULL
        WHEN CAST(daily.direct_count AS DOUBLE PRECISION) / daily.session_count <= earlier.direct_share + :max_direct_share_rise THEN 1
        ELSE 0
    END AS passed,
    earlier.direct_share AS usual
FROM daily
JOIN monitored_day ON monitored_day.event_date = daily.event_date
CROSS JOIN earlier
ORDER BY daily.event_date
