-- title: Monitored day
-- description: The latest complete day in the data, which monitoring speaks of; never the machine's clock.
-- grain: one row, or none where no day is complete
-- key: event_date
SELECT event_date, day_number
FROM days
WHERE is_complete = 1 AND day_number = (SELECT MAX(day_number) FROM days WHERE is_complete = 1)
