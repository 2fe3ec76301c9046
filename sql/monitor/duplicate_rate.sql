-- title: Duplicate events
-- description: Exact copies, which are dropped. Many of them mean that a tag fires twice or that a file holds a part of the day twice.
-- severity: warn
-- tier: integrity
-- message: {observed} of {population} records on {subject} repeat an earlier one; {expected} at most.
-- format: observed percent 1, expected percent 1
-- param max_duplicate_rate: 0.02
WITH copies AS (
    SELECT raw_events.event_date, COUNT(*) AS copy_count
    FROM duplicates
    JOIN raw_events ON raw_events.event_id = duplicates.event_id
    GROUP BY raw_events.event_date
),

records AS (
    SELECT
        days.event_date,
        days.event_count + COALESCE(copies.copy_count, 0) AS record_count,
        COALESCE(copies.copy_count, 0) AS copy_count
    FROM days
    JOIN monitored_day ON monitored_day.event_date = days.event_date
    LEFT JOIN copies ON copies.event_date = days.event_date
)

SELECT
    event_date AS subject,
    record_count AS population,
    CAST(copy_count AS DOUBLE PRECISION) / record_count AS observed,
    :max_duplicate_rate AS expected,
    CASE WHEN copy_count <= :max_duplicate_rate * record_count THEN 1 ELSE 0 END AS passed
FROM records
ORDER BY event_date
