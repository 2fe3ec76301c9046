-- title: Campaign parameters: contradictory or absent
-- description: Repeated utm parameters that disagree, and paid click ids without a utm_source, against the days before.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: conflicting_utm
-- defect: click_ids_without_utm
-- message: {observed} of {events_of} have {what}; {expected} is usual.
-- cause: A link template of a campaign was changed: auto-tagging without a template, or two templates one behind the other.
-- remedy: Mend the link template. Of a repeated parameter the first value counts; a paid click without utm_source has its channel by the click id alone.
-- param sample_rows: as in exact_duplicates
SELECT
    subject || CASE measure WHEN 'conflicting_utm' THEN ': utm parameters given twice that disagree' WHEN 'paid_click_without_utm' THEN ': paid click id without utm_source' END AS subject,
    population,
    observed,
    expected,
    passed,
    events_of,
    CASE measure WHEN 'conflicting_utm' THEN 'utm parameters given twice that disagree' WHEN 'paid_click_without_utm' THEN 'a paid click id without utm_source' END AS what,
    since,
    until,
    note,
    events_touched
FROM rate_results
WHERE measure IN ('conflicting_utm', 'paid_click_without_utm')
ORDER BY 1, since_date

-- samples
WITH found AS (
    SELECT
        measure,
        subject,
        since,
        shift,
        event_id,
        ROW_NUMBER() OVER (PARTITION BY measure, subject, since ORDER BY event_id) AS sample_number
    FROM finding_lines
    WHERE measure IN ('conflicting_utm', 'paid_click_without_utm') AND has_client = 1 AND is_bot = 0 AND CASE measure WHEN 'conflicting_utm' THEN has_conflicting_utm ELSE has_paid_click_id * (1 - has_utm) END = 1
)

SELECT found.subject || ': ' || CASE found.measure WHEN 'conflicting_utm' THEN 'utm parameters given twice that disagree' WHEN 'paid_click_without_utm' THEN 'paid click id without utm_source' END AS subject, found.since, event_lines.file_name, event_lines.line_number, CASE found.measure WHEN 'conflicting_utm' THEN 'utm parameters that disagree: ' ELSE 'a paid click without utm_source: ' END || event_lines.what AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id, found.measure, found.subject
