-- title: Partial days
-- description: Days that the export holds only a part of. They are reported, and neither judged nor compared as whole days.
-- severity: info
-- tier: health
-- message: {event_date} is partial: its events lie between {first_hour}:00 and {last_hour}:59. It is not judged.
-- format: first_hour integer, last_hour integer
SELECT
    event_date,
    'partial day' AS subject,
    event_count AS population,
    hour_count AS observed,
    24 AS expected,
    is_complete AS passed,
    first_hour,
    last_hour
FROM days
ORDER BY event_date
