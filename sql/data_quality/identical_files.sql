-- title: Identical files
-- description: A file with the bytes of another counts everything in it twice, its orders and their revenue as well.
-- severity: warn
-- defect: copied_file
-- message: {subject} is a copy of {first_file}, byte for byte: its {population} {population:record counts|records count} twice.
-- cause: The file was delivered twice under two names.
-- remedy: Delete the copy.
-- param sample_rows: as in exact_duplicates
WITH file_orders AS (
    SELECT file_id, COUNT(*) AS order_count, CAST(SUM(COALESCE(revenue_cents, 0)) AS BIGINT) AS revenue_cents
    FROM purchase_records
    GROUP BY file_id
)

SELECT
    copies.file_name AS subject,
    copies.loaded_count AS population,
    COUNT(originals.file_id) AS observed,
    0 AS expected,
    CASE WHEN COUNT(originals.file_id) = 0 THEN 1 ELSE 0 END AS passed,
    MIN(originals.file_name) AS first_file,
    copies.file_name,
    copies.file_date AS since,
    copies.file_date AS until,
    CASE WHEN COUNT(originals.file_id) > 0 THEN copies.loaded_count END AS events_touched,
    CASE WHEN COUNT(originals.file_id) > 0 THEN file_orders.order_count END AS orders_touched,
    CASE WHEN COUNT(originals.file_id) > 0 THEN file_orders.revenue_cents END AS revenue_cents_touched
FROM input_files AS copies
LEFT JOIN input_files AS originals ON
    originals.sha256 = copies.sha256
    AND originals.file_id < copies.file_id
LEFT JOIN file_orders ON file_orders.file_id = copies.file_id
WHERE copies.record_count > 0
GROUP BY copies.file_id, copies.file_name, copies.loaded_count, copies.file_date, file_orders.order_count, file_orders.revenue_cents
ORDER BY copies.file_name

-- samples
WITH found AS (
    SELECT
        copies.file_name AS copy_name,
        originals.file_name AS original_name,
        raw_events.event_id,
        raw_events.line_number,
        ROW_NUMBER() OVER (PARTITION BY copies.file_id ORDER BY originals.file_id, raw_events.event_id) AS sample_number
    FROM input_files AS copies
    JOIN input_files AS originals ON originals.sha256 = copies.sha256 AND originals.file_id < copies.file_id
    CROSS JOIN raw_events -- so that SQLite begins with the few files
    WHERE raw_events.event_id >= copies.file_id * 4294967296 AND raw_events.event_id < (copies.file_id + 1) * 4294967296
)

SELECT copy_name AS subject, copy_name AS file_name, line_number, 'the same line is in ' || original_name AS reason
FROM found
WHERE sample_number <= :sample_rows
ORDER BY event_id
