-- title: Files with the same records
-- description: Records that two files share: the same client, event, page and millisecond. Within a file exact duplicates are dropped;
--   between files nothing is, as nobody knows which file is right.
-- severity: warn
-- defect: overlapping_content
-- message: {observed} {observed:record|records} of {subject} {observed:is|are} in another file as well.
-- cause: A day was exported again under another name, or the windows of two exports overlap.
-- remedy: Keep one of the files, or cut the exports at midnight. Until then these records count twice, their orders and revenue as well.
-- param max_shared_records: 2
-- param sample_rows: as in exact_duplicates
WITH overlap_windows AS (
    SELECT
        input_files.file_id,
        MIN(CASE WHEN others.first_event_ms > input_files.first_event_ms THEN others.first_event_ms ELSE input_files.first_event_ms END) AS from_ms,
        MAX(CASE WHEN others.last_event_ms < input_files.last_event_ms THEN others.last_event_ms ELSE input_files.last_event_ms END) AS to_ms
    FROM input_files
    JOIN input_files AS others ON
        others.file_id <> input_files.file_id
        AND others.sha256 <> input_files.sha256
        AND others.first_event_ms <= input_files.last_event_ms
        AND others.last_event_ms >= input_files.first_event_ms
    GROUP BY input_files.file_id
),

-- Only records within the overlap of their file with others are looked at: of exports cut at midnight, none.
candidates AS (
    SELECT raw_events.event_id, raw_events.file_id, raw_events.client_key, raw_events.occurred_at_ms, raw_events.event_name, raw_events.page_key, raw_events.payload_key
    FROM overlap_windows
    JOIN raw_events ON
        raw_events.event_id >= overlap_windows.file_id * 4294967296
        AND raw_events.event_id < (overlap_windows.file_id + 1) * 4294967296
        AND raw_events.occurred_at_ms BETWEEN overlap_windows.from_ms AND overlap_windows.to_ms
    WHERE raw_events.has_client = 1
),

shared AS (
    SELECT client_key, occurred_at_ms, event_name, page_key, payload_key, MIN(file_id) AS first_file_id
    FROM candidates
    GROUP BY client_key, occurred_at_ms, event_name, page_key, payload_key
    HAVING MIN(file_id) < MAX(file_id)
),

per_file AS (
    SELECT
        candidates.file_id,
        COUNT(*) AS shared_count,
        COUNT(purchase_records.event_id) AS order_count,
        CAST(SUM(COALESCE(purchase_records.revenue_cents, 0)) AS BIGINT) AS revenue_cents
    FROM candidates
    JOIN shared ON
        shared.client_key = candidates.client_key
        AND shared.occurred_at_ms = candidates.occurred_at_ms
        AND shared.event_name = candidates.event_name
        AND COALESCE(shared.page_key, 0) = COALESCE(candidates.page_key, 0)
        AND COALESCE(shared.payload_key, 0) = COALESCE(candidates.payload_key, 0)
    LEFT JOIN purchase_records ON purchase_records.event_id = candidates.event_id
    WHERE candidates.file_id > shared.first_file_id
    GROUP BY candidates.file_id
)

SELECT
    input_files.file_name AS subject,
    input_files.loaded_count AS population,
    COALESCE(per_file.shared_count, 0) AS observed,
    :max_shared_records AS expected,
    CASE WHEN COALESCE(per_file.shared_count, 0) <= :max_shared_records THEN 1 ELSE 0 END AS passed,
    input_files.file_name,
    input_files.file_date AS since,
    input_files.file_date AS until,
    COALESCE(per_file.shared_count, 0) AS events_touched,
    COALESCE(per_file.order_count, 0) AS orders_touched,
    COALESCE(per_file.revenue_cents, 0) AS revenue_cents_touched
FROM input_files
LEFT JOIN per_file ON per_file.file_id = input_files.file_id
ORDER BY input_files.file_name

-- samples
WITH overlap_windows AS (
    SELECT
        input_files.file_id,
        MIN(CASE WHEN others.first_event_ms > input_files.first_event_ms THEN others.first_event_ms ELSE input_files.first_event_ms END) AS from_ms,
        MAX(CASE WHEN others.last_event_ms < input_files.last_event_ms THEN others.last_event_ms ELSE input_files.last_event_ms END) AS to_ms
    FROM input_files
    JOIN input_files AS others ON
        others.file_id <> input_files.file_id
        AND others.sha256 <> input_files.sha256
        AND others.first_event_ms <= input_files.last_event_ms
        AND others.last_event_ms >= input_files.first_event_ms
    GROUP BY input_files.file_id
),

-- Only records within the overlap of their file with others are looked at: of exports cut at midnight, none.
candidates AS (
    SELECT raw_events.event_id, raw_events.file_id, raw_events.client_key, raw_events.occurred_at_ms, raw_events.event_name, raw_events.page_key, raw_events.payload_key
    FROM overlap_windows
    JOIN raw_events ON
        raw_events.event_id >= overlap_windows.file_id * 4294967296
        AND raw_events.event_id < (overlap_windows.file_id + 1) * 4294967296
        AND raw_events.occurred_at_ms BETWEEN overlap_windows.from_ms AND overlap_windows.to_ms
    WHERE raw_events.has_client = 1
),

shared AS (
    SELECT client_key, occurred_at_ms, event_name, page_key, payload_key, MIN(file_id) AS first_file_id
    FROM candidates
    GROUP BY client_key, occurred_at_ms, event_name, page_key, payload_key
    HAVING MIN(file_id) < MAX(file_id)
),

found AS (
    SELECT candidates.file_id, candidates.event_id, ROW_NUMBER() OVER (PARTITION BY candidates.file_id ORDER BY candidates.event_id) AS sample_number
    FROM candidates
    JOIN shared ON
        shared.client_key = candidates.client_key
        AND shared.occurred_at_ms = candidates.occurred_at_ms
        AND shared.event_name = candidates.event_name
        AND COALESCE(shared.page_key, 0) = COALESCE(candidates.page_key, 0)
        AND COALESCE(shared.payload_key, 0) = COALESCE(candidates.payload_key, 0)
    WHERE candidates.file_id > shared.first_file_id
)

SELECT event_lines.file_name AS subject, event_lines.file_name, event_lines.line_number, 'is in an earlier file as well: ' || event_lines.what AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id
