-- title: Required columns
-- description: A file without one of these columns can't be counted: sessions, channels, revenue or days would be wrong or empty.
-- severity: critical
-- defect: missing_client_id
-- defect: missing_page_url
-- defect: missing_timestamp
-- defect: missing_event_name
-- defect: missing_event_data
-- defect: replaced_client_id
-- message: {subject} is missing from {observed} of {population} {population:file|files}, first from {first_file}; without it there is no {what_is_lost}.
-- cause: The export was configured anew, or the column was given another name.
-- remedy: Export the files again with the column, and with a header as their first line. If it is there under another name, see the repairs that the report proposes.
-- param sample_rows: as in exact_duplicates
SELECT
    canonical_name AS subject,
    COUNT(*) AS population,
    CAST(SUM(is_missing) AS BIGINT) AS observed,
    0 AS expected,
    CASE WHEN SUM(is_missing) = 0 THEN 1 ELSE 0 END AS passed,
    what_is_lost,
    MIN(CASE WHEN is_missing = 1 THEN file_name END) AS first_file,
    MIN(CASE WHEN is_missing = 1 THEN file_date END) AS since,
    CASE WHEN MAX(CASE WHEN is_missing = 1 THEN file_name END) < MAX(file_name) THEN MAX(CASE WHEN is_missing = 1 THEN file_date END) END AS until,
    CAST(SUM(CASE WHEN is_missing = 1 THEN loaded_count ELSE 0 END) AS BIGINT) AS events_touched
FROM column_presence
WHERE is_required = 1
GROUP BY canonical_name, what_is_lost
ORDER BY canonical_name

-- samples
WITH found AS (
    SELECT
        canonical_name,
        file_id,
        file_name,
        ROW_NUMBER() OVER (PARTITION BY canonical_name ORDER BY file_id) AS sample_number
    FROM column_presence
    WHERE is_required = 1 AND is_missing = 1
)

SELECT found.canonical_name AS subject, found.file_name, 1 AS line_number, 'the header has no ' || found.canonical_name AS reason
FROM found
WHERE found.sample_number <= :sample_rows
ORDER BY found.file_id, found.canonical_name
