-- title: Identical files
-- description: A file with the bytes of another counts everything in it twice.
-- severity: warn
-- defect: copied_file
-- message: {subject} is a copy of {first_file}, byte for byte: its {population} {population:record counts|records count} twice.
-- cause: The file was delivered twice under two names.
-- remedy: Delete the copy.
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
    CASE WHEN COUNT(originals.file_id) > 0 THEN copies.loaded_count END AS events_touched
FROM input_files AS copies
LEFT JOIN input_files AS originals ON
    originals.sha256 = copies.sha256
    AND originals.file_id < copies.file_id
WHERE copies.record_count > 0
GROUP BY copies.file_id, copies.file_name, copies.loaded_count, copies.file_date
ORDER BY copies.file_name
