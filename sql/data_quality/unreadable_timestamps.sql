-- title: Timestamps that can't be read
-- description: Records without a readable timestamp count on their file's day, and are in no session: their orders have no channel.
-- severity: warn
-- format: observed percent 2, expected percent 2
-- defect: bad_timestamps
-- defect: unreadable_timestamps
-- follows: missing_required_columns, readable_timestamps
-- message: {events_touched} of {population} {population:record|records} of {subject} ({observed}) {events_touched:has|have} no timestamp that can be read.
-- cause: Another format in a part of the file, or an empty cell.
-- remedy: Export timestamps as 2025-02-23T00:00:01.750Z.
-- param max_unreadable_rate: 0.0005
-- param sample_rows: as in exact_duplicates
WITH counted AS (
    SELECT
        file_id,
        CAST(SUM(event_count) AS BIGINT) AS event_count,
        CAST(SUM(CASE WHEN event_date = 'undated' THEN event_count ELSE 0 END) AS BIGINT) AS undated_count
    FROM event_counts
    GROUP BY file_id
),

lost_orders AS (
    SELECT file_id, COUNT(*) AS order_count, COALESCE(CAST(SUM(revenue_cents) AS BIGINT), 0) AS revenue_cents
    FROM purchase_records
    WHERE occurred_at_ms IS NULL
    GROUP BY file_id
)

SELECT
    input_files.file_name AS subject,
    counted.event_count AS population,
    CAST(counted.undated_count AS DOUBLE PRECISION) / counted.event_count AS observed,
    :max_unreadable_rate AS expected,
    CASE WHEN counted.undated_count <= :max_unreadable_rate * counted.event_count THEN 1 ELSE 0 END AS passed,
    input_files.file_name,
    input_files.file_date AS since,
    input_files.file_date AS until,
    counted.undated_count AS events_touched,
    COALESCE(lost_orders.order_count, 0) AS orders_touched,
    COALESCE(lost_orders.revenue_cents, 0) AS revenue_cents_touched
FROM counted
JOIN input_files ON input_files.file_id = counted.file_id
LEFT JOIN lost_orders ON lost_orders.file_id = counted.file_id
ORDER BY input_files.file_name

-- samples
WITH found AS (
    SELECT
        raw_events.file_id,
        raw_events.event_id,
        raw_events.line_number,
        raw_events.raw_timestamp,
        ROW_NUMBER() OVER (PARTITION BY raw_events.file_id ORDER BY raw_events.event_id) AS sample_number
    FROM raw_events
    WHERE raw_events.occurred_at_ms IS NULL
)

SELECT input_files.file_name AS subject, input_files.file_name, found.line_number, CASE WHEN found.raw_timestamp IS NULL THEN 'no timestamp' ELSE 'timestamp: ' || SUBSTR(found.raw_timestamp, 1, 40) END AS reason
FROM found
JOIN input_files ON input_files.file_id = found.file_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id
