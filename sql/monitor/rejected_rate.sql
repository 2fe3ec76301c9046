-- title: Rejected rows
-- description: Rows of the day's file that could not be read.
-- severity: warn
-- tier: integrity
-- message: {observed} of {population} rows of {event_date} could not be read, where {expected} was expected ({low} to {high}).
-- format: observed percent 1, expected percent 1, low percent 1, high percent 1, found_low percent 1, found_high percent 1, explained_share percent 0, money_at_stake money 0
SELECT *
FROM metric_alarms
WHERE metric = 'rejected_rows'
    AND segment_kind = 'all'
ORDER BY event_date, subject
