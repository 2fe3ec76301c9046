-- title: Empty files
-- description: A file without a record means that its day was not exported: every figure of the day would read as zero.
-- severity: critical
-- message: {subject} holds no record.
-- cause: The export ran before the day was there, or failed.
-- remedy: Export the day again, or take the file out of the folder if there was nothing to export.
SELECT
    file_name AS subject,
    1 AS population,
    record_count AS observed,
    1 AS expected,
    CASE WHEN record_count > 0 THEN 1 ELSE 0 END AS passed,
    file_name,
    file_date AS since,
    file_date AS until
FROM input_files
ORDER BY file_name
