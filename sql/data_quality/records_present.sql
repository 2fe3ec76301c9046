-- title: Records at all
-- description: An export whose files hold no record that can be read has nothing to report of.
-- severity: critical
-- defect: empty_file:all
-- message: None of the {population} {population:file|files} holds a record that can be read.
-- cause: The export failed, or ran before there was anything; or the files are of another kind.
-- remedy: Export again, and look into one of the files: a header first, then a line for each event.
SELECT
    'all files' AS subject,
    COUNT(*) AS population,
    COALESCE(CAST(SUM(loaded_count) AS BIGINT), 0) AS observed,
    1 AS expected,
    CASE WHEN COALESCE(SUM(loaded_count), 0) > 0 THEN 1 ELSE 0 END AS passed
FROM input_files
