-- title: The last two weeks
-- description: The complete days that week-on-week comparisons use: 'this_week' is the seven days up to the monitored day,
--   'week_before' the seven before them. A week in which a day is missing or incomplete is compared with nothing.
-- grain: one row per day of the last two weeks
-- key: event_date
SELECT
    days.event_date,
    days.day_number,
    CASE WHEN days.day_number > monitored_day.day_number - 7 THEN 'this_week' ELSE 'week_before' END AS week
FROM days
CROSS JOIN monitored_day
WHERE days.is_complete = 1
    AND days.day_number > monitored_day.day_number - 14
    AND days.day_number <= monitored_day.day_number
