-- title: Records that can't be read
-- description: Ragged lines, broken quoting and invalid text are left out and counted; nothing is guessed.
-- severity: warn
-- defect: ragged_rows
-- defect: broken_quoting
-- defect: invalid_utf8
-- message: {observed} of {population} {population:record|records} of {subject} can't be read ({reason}), first in line {first_line}.
-- cause: Ragged: a comma or a line break in a field that is not quoted. Broken quoting: a quote within a field that is not doubled. Invalid UTF-8: another encoding.
-- remedy: Mend the export's quoting or encoding and export again: these records are in no figure.
-- param sample_rows: as in exact_duplicates
SELECT
    input_files.file_name AS subject,
    input_files.record_count AS population,
    COUNT(rejected_rows.record_number) AS observed,
    0 AS expected,
    CASE WHEN COUNT(rejected_rows.record_number) = 0 THEN 1 ELSE 0 END AS passed,
    COALESCE(rejected_rows.reason, '') AS reason,
    COALESCE(rejected_rows.reason, '') AS part,
    MIN(rejected_rows.line_number) AS first_line,
    input_files.file_name,
    input_files.file_date AS since,
    input_files.file_date AS until,
    COUNT(rejected_rows.record_number) AS events_touched
FROM input_files
LEFT JOIN rejected_rows ON
    rejected_rows.file_id = input_files.file_id
    -- The last record of a file that was cut off is told by truncated_files.
    AND (input_files.ends_with_newline = 1 OR rejected_rows.record_number < input_files.record_count OR rejected_rows.reason = 'invalid_utf8')
GROUP BY input_files.file_id, input_files.file_name, input_files.record_count, input_files.file_date, COALESCE(rejected_rows.reason, '')
ORDER BY input_files.file_name, COALESCE(rejected_rows.reason, '')

-- samples
WITH found AS (
    SELECT
        rejected_rows.file_id,
        rejected_rows.record_number,
        rejected_rows.line_number,
        rejected_rows.reason,
        rejected_rows.detail,
        ROW_NUMBER() OVER (PARTITION BY rejected_rows.file_id, rejected_rows.reason ORDER BY rejected_rows.record_number) AS sample_number
    FROM rejected_rows
)

SELECT input_files.file_name AS subject, found.reason AS part, input_files.file_name, found.line_number, found.reason || ': ' || found.detail AS reason
FROM found
JOIN input_files ON input_files.file_id = found.file_id
WHERE found.sample_number <= :sample_rows
ORDER BY input_files.file_name, found.line_number, found.record_number
