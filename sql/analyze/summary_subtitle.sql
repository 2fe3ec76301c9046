-- title: What this summary is about
-- description: The shop's main host and the days that the export covers.
-- section: Subtitle
-- kind: insight
-- format: days integer, complete_days integer
WITH host_counts AS (
    SELECT landing_host AS host, CAST(SUM(sessions) AS BIGINT) AS sessions
    FROM landing_counts
    WHERE landing_host <> '(no page)'
    GROUP BY landing_host
),

ranked_hosts AS (
    SELECT host, ROW_NUMBER() OVER (ORDER BY sessions DESC, host) AS host_rank
    FROM host_counts
),

span AS (
    SELECT
        MIN(event_date) AS first_date,
        MAX(event_date) AS last_date,
        COUNT(*) AS days,
        COUNT(CASE WHEN is_complete = 1 THEN 1 END) AS complete_days
    FROM days
)

SELECT
    'note' AS tone,
    CASE
        WHEN span.days = 0 THEN 'No event has a readable time.'
        WHEN span.days = 1 AND span.complete_days = 1 THEN '{host}, {first_date}: one day, complete.'
        WHEN span.days = 1 THEN '{host}, {first_date}: one day, covered in part.'
        ELSE '{host}, {first_date} to {last_date}: {days} days with events, {complete_days} of them complete.'
    END AS sentence,
    COALESCE(ranked_hosts.host, 'unknown host') AS host,
    span.first_date,
    span.last_date,
    span.days,
    span.complete_days
FROM span
LEFT JOIN ranked_hosts ON ranked_hosts.host_rank = 1
