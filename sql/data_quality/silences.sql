-- title: Silences
-- description: The longest time of each day without a single event, against what is usual at that hour: an outage of the tracking, or of
--   the shop. What is usual is a low day's count for the hour (the third part of the days has less), so that a quiet
--   weekend is no outage. Days without any record are told by their files.
-- severity: warn
-- needs: two days to compare
-- defect: outage
-- follows: file_volume
-- message: No event for {silent_minutes} {silent_minutes:minute|minutes}; {expected_text} {expected_text:is|are} usual in that time at the least.
-- cause: The tag, the collector or the shop was down.
-- remedy: Ask operations. The day's figures are too low by about that many events; leave the day out of comparisons.
-- format: observed integer, expected integer
-- param least_silent_minutes: 20
-- param least_missed_visits: 11
WITH visits AS (
    -- Events come in visits: how many make one tells how many chances of an event a silence has missed.
    SELECT
        COALESCE((SELECT CAST(SUM(event_count) AS DOUBLE PRECISION) FROM client_steps) / NULLIF(COUNT(*), 0), 1.0) AS events_per_visit
    FROM visit_starts
),

gaps AS (
    SELECT
        LAG(minute_number) OVER (ORDER BY minute_number) + 1 AS from_minute,
        minute_number AS to_minute
    FROM event_minutes
),

silences AS MATERIALIZED (
    SELECT
        from_minute,
        to_minute,
        to_minute - from_minute AS silent_minutes,
        CAST((from_minute - from_minute % 60) / 60 AS BIGINT) AS first_hour,
        CAST((to_minute - 1 - (to_minute - 1) % 60) / 60 AS BIGINT) AS last_hour
    FROM gaps
    WHERE to_minute - from_minute >= 5
),

dates AS (
    -- Not those that no file is of: a stray record in the future makes no day.
    SELECT event_date
    FROM file_days
    WHERE
        event_date <= COALESCE((SELECT MAX(file_date) FROM input_files), event_date)
        AND event_date >= COALESCE((SELECT MIN(file_date) FROM input_files), event_date)
    GROUP BY event_date
),

hours AS (
    SELECT CAST((minute_number - minute_number % 60) / 60 AS BIGINT) AS hour_number, CAST(SUM(event_count) AS BIGINT) AS event_count
    FROM event_minutes
    GROUP BY CAST((minute_number - minute_number % 60) / 60 AS BIGINT)
),

clock (clock_hour) AS (
    VALUES
        (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11),
        (12), (13), (14), (15), (16), (17), (18), (19), (20), (21), (22), (23)
),

-- Every hour between the first and the last event; hours without one are zeros.
grid AS MATERIALIZED (
    SELECT
        calendar.day_number * 24 + clock.clock_hour AS hour_number,
        clock.clock_hour,
        calendar.event_date,
        COALESCE(hours.event_count, 0) AS event_count
    FROM dates
    JOIN calendar ON calendar.event_date = dates.event_date
    CROSS JOIN clock
    LEFT JOIN hours ON hours.hour_number = calendar.day_number * 24 + clock.clock_hour
    WHERE
        calendar.day_number * 24 + clock.clock_hour > (SELECT MIN(hour_number) FROM hours)
        AND calendar.day_number * 24 + clock.clock_hour < (SELECT MAX(hour_number) FROM hours)
),

ranked AS (
    SELECT
        clock_hour,
        event_count,
        ROW_NUMBER() OVER (PARTITION BY clock_hour ORDER BY event_count, hour_number) AS count_rank,
        COUNT(*) OVER (PARTITION BY clock_hour) AS day_count
    FROM grid
),

-- The second lowest of two to four days, the third of five to seven, and so on: never the silent hour's own.
usual AS (
    SELECT clock_hour, event_count
    FROM ranked
    WHERE count_rank = 2 + (day_count - 2 - (day_count - 2) % 3) / 3 AND day_count >= 2
),

-- Most silences are in one hour or two, and need not be held against all the others.
silent_hours AS (
    SELECT from_minute, to_minute, silent_minutes, first_hour AS hour_number FROM silences
    UNION ALL
    SELECT from_minute, to_minute, silent_minutes, last_hour FROM silences WHERE last_hour > first_hour
    UNION ALL
    SELECT silences.from_minute, silences.to_minute, silences.silent_minutes, grid.hour_number
    FROM silences
    JOIN grid ON grid.hour_number > silences.first_hour AND grid.hour_number < silences.last_hour
    WHERE silences.last_hour > silences.first_hour + 1
),

missed AS (
    SELECT
        silences.from_minute,
        silences.to_minute,
        silences.silent_minutes,
        MIN(grid.event_date) AS event_date,
        CAST(SUM(usual.event_count * (
            CASE WHEN silences.to_minute < grid.hour_number * 60 + 60 THEN silences.to_minute ELSE grid.hour_number * 60 + 60 END
            - CASE WHEN silences.from_minute > grid.hour_number * 60 THEN silences.from_minute ELSE grid.hour_number * 60 END
        )) AS BIGINT) AS missed_minutes
    FROM silent_hours AS silences
    JOIN grid ON grid.hour_number = silences.hour_number
    JOIN usual ON usual.clock_hour = grid.clock_hour
    GROUP BY silences.from_minute, silences.to_minute, silences.silent_minutes
),

worst AS (
    SELECT
        missed.*,
        ROW_NUMBER() OVER (PARTITION BY event_date ORDER BY missed_minutes DESC, from_minute) AS silence_rank
    FROM missed
),

told AS (
    SELECT
        grid_days.event_date,
        grid_days.event_count,
        worst.silent_minutes,
        worst.missed_minutes,
        worst.from_minute,
        worst.to_minute,
        worst.from_minute % 1440 AS from_minute_of_day,
        worst.to_minute % 1440 AS to_minute_of_day,
        to_days.event_date AS to_date,
        from_days.event_date AS from_date
    FROM (
        SELECT event_date, CAST(SUM(event_count) AS BIGINT) AS event_count
        FROM grid
        GROUP BY event_date
    ) AS grid_days
    LEFT JOIN worst ON worst.event_date = grid_days.event_date AND worst.silence_rank = 1
    LEFT JOIN calendar AS from_days ON from_days.day_number * 1440 <= worst.from_minute AND from_days.day_number * 1440 + 1440 > worst.from_minute
    LEFT JOIN calendar AS to_days ON to_days.day_number * 1440 <= worst.to_minute AND to_days.day_number * 1440 + 1440 > worst.to_minute
),

worded AS (
    SELECT
        told.*,
        told.from_date || ' ' || SUBSTR('0' || CAST((from_minute_of_day - from_minute_of_day % 60) / 60 AS BIGINT), LENGTH('0' || CAST((from_minute_of_day - from_minute_of_day % 60) / 60 AS BIGINT)) - 1)
            || ':' || SUBSTR('0' || CAST(from_minute_of_day % 60 AS BIGINT), LENGTH('0' || CAST(from_minute_of_day % 60 AS BIGINT)) - 1) AS from_text,
        told.to_date || ' ' || SUBSTR('0' || CAST((to_minute_of_day - to_minute_of_day % 60) / 60 AS BIGINT), LENGTH('0' || CAST((to_minute_of_day - to_minute_of_day % 60) / 60 AS BIGINT)) - 1)
            || ':' || SUBSTR('0' || CAST(to_minute_of_day % 60 AS BIGINT), LENGTH('0' || CAST(to_minute_of_day % 60 AS BIGINT)) - 1) AS to_text
    FROM told
)

SELECT
    event_date AS subject,
    CASE WHEN (SELECT COUNT(*) FROM usual) = 0 THEN 0 WHEN event_count > 0 THEN event_count ELSE 1 END AS population,
    COALESCE(silent_minutes, 0) AS observed,
    :least_silent_minutes AS expected,
    CASE WHEN COALESCE(silent_minutes, 0) >= :least_silent_minutes AND missed_minutes >= :least_missed_visits * baseline.widening * 60 * visits.events_per_visit THEN 0 ELSE 1 END AS passed,
    silent_minutes,
    CAST((COALESCE(missed_minutes, 0) - COALESCE(missed_minutes, 0) % 60) / 60 AS BIGINT) AS expected_text,
    from_text || 'Z' AS since,
    to_text || 'Z' AS until,
    baseline.note,
    CAST((COALESCE(missed_minutes, 0) - COALESCE(missed_minutes, 0) % 60) / 60 AS BIGINT) AS events_touched
FROM worded
CROSS JOIN visits
CROSS JOIN baseline
ORDER BY event_date
