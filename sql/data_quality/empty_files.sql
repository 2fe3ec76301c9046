-- title: Empty files
-- description: A file without a record, among others that have some, means that its day was not exported: it is missing from every figure, as a day
--   without a file is.
-- severity: warn
-- defect: empty_file
-- defect: header_only_file
-- follows: records_present
-- message: {subject} holds no record{what_it_has}.
-- cause: The export ran before the day was there, or failed.
-- remedy: Export the day again, or take the file out of the folder if there was nothing to export. Sums over its day are too low.
SELECT
    file_name AS subject,
    1 AS population,
    record_count AS observed,
    1 AS expected,
    CASE WHEN record_count > 0 THEN 1 ELSE 0 END AS passed,
    CASE WHEN byte_count = 0 THEN ': not a byte' ELSE ', though it has its header' END AS what_it_has,
    file_name,
    file_date AS since,
    file_date AS until
FROM input_files
ORDER BY file_name
