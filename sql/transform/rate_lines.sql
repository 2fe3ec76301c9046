-- title: Events of a shift
-- description: The records of the segment and the days of each told shift, for the rows that checks give to look at: a check adds what it
--   looks for, and stops after a few. Records are the outer loop, so that no scan goes on after the last row that is shown.
-- grain: one row per told shift and record of its segment and days
-- key: measure, shift, since_date, segment_kind, segment, event_id
-- materialize: view
SELECT
    rate_findings.measure,
    rate_findings.segment_kind,
    rate_findings.segment,
    rate_findings.since_date,
    rate_findings.shift,
    event_lines.*
FROM event_lines
CROSS JOIN rate_findings
WHERE
    event_lines.event_date BETWEEN rate_findings.since_date AND rate_findings.until_date
    AND rate_findings.segment = CASE rate_findings.segment_kind
        WHEN 'host' THEN event_lines.host_group
        WHEN 'event' THEN event_lines.event_name
        WHEN 'path' THEN event_lines.path_group
        WHEN 'agent' THEN CASE WHEN event_lines.is_bot = 1 THEN 'bots' ELSE 'people' END
        WHEN 'hour' THEN CASE WHEN event_lines.hour_of_day < 10 THEN '0' ELSE '' END || CAST(event_lines.hour_of_day AS TEXT) || ':00'
        ELSE rate_findings.segment
    END
