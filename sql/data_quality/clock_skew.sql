-- title: Clocks that are wrong
-- description: Sessions that start before their client's id was issued, where the id holds the time of its issue. One of the two clocks
--   is wrong: days, sessions and attribution windows of these visits are not to be trusted.
-- severity: warn
-- format: observed percent 2, expected percent 2
-- needs: client ids that hold the time of their issue
-- defect: clock_skew
-- follows: records_outside_day
-- message: {sessions_touched} of {population} {population:session|sessions} on {subject} ({observed}) {sessions_touched:starts|start} more than {tolerance_seconds} seconds before the client id was issued.
-- cause: A server or a browser with a wrong clock or time zone, or timestamps written in local time.
-- remedy: Export timestamps in UTC, from one clock.
-- param skew_tolerance_seconds: 120
-- param max_skewed_rate: 0.01
-- param sample_rows: as in exact_duplicates
WITH starts AS (
    SELECT event_date, CAST(SUM(issued_count) AS BIGINT) AS session_count, CAST(SUM(skewed_count) AS BIGINT) AS skewed_count
    FROM visit_hours
    GROUP BY event_date
    HAVING SUM(issued_count) > 0
)

SELECT
    event_date AS subject,
    session_count AS population,
    CAST(skewed_count AS DOUBLE PRECISION) / session_count AS observed,
    :max_skewed_rate AS expected,
    CASE WHEN skewed_count <= :max_skewed_rate * session_count THEN 1 ELSE 0 END AS passed,
    :skew_tolerance_seconds AS tolerance_seconds,
    event_date AS since,
    event_date AS until,
    skewed_count AS sessions_touched
FROM starts
ORDER BY event_date

-- samples
WITH found AS (
    SELECT
        visit_starts.event_date,
        visit_starts.event_id,
        CAST((clients.issued_at_ms - visit_starts.occurred_at_ms - (clients.issued_at_ms - visit_starts.occurred_at_ms) % 1000) / 1000 AS BIGINT) AS skew_seconds,
        ROW_NUMBER() OVER (PARTITION BY visit_starts.event_date ORDER BY visit_starts.event_id) AS sample_number
    FROM visit_starts
    JOIN clients ON clients.client_key = visit_starts.client_key
    WHERE visit_starts.occurred_at_ms < clients.issued_at_ms - :skew_tolerance_seconds * 1000
)

SELECT found.event_date AS subject, event_lines.file_name, event_lines.line_number, 'starts ' || CAST(found.skew_seconds AS TEXT) || ' seconds before its client id was issued' AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id
