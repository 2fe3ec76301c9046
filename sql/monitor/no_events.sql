-- title: Events arrive
-- description: Every day from the first to the last, by event or by file name, has events. Days that are not complete are asked too: an empty
--   file after good days is the commonest way for a broken export to look like a quiet one.
-- severity: critical
-- tier: health
-- message: No event on {event_date}. Look whether the export or the tag has stopped.
-- param least_events: 1
SELECT
    calendar.event_date,
    'events' AS subject,
    1 AS population,
    COALESCE(days.event_count, 0) AS observed,
    :least_events AS expected,
    CASE
        WHEN COALESCE(days.event_count, 0) >= :least_events THEN 1
        WHEN known_days.is_muted = 1 THEN NULL
        ELSE 0
    END AS passed,
    CASE WHEN known_days.is_muted = 1 THEN 'muted' END AS unjudged,
    known_days.known_event
FROM calendar
LEFT JOIN days ON days.event_date = calendar.event_date
LEFT JOIN known_days ON
    known_days.metric = 'events'
    AND known_days.event_date = calendar.event_date
ORDER BY calendar.event_date
