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
SELECT event_lines.file_name, event_lines.line_number, CASE measure WHEN 'conflicting_utm' THEN 'utm parameters that disagree: ' ELSE 'a paid click without utm_source: ' END || what AS reason
FROM event_lines
CROSS JOIN rate_findings
WHERE
    measure IN ('conflicting_utm', 'paid_click_without_utm')
    AND event_lines.event_id >= (SELECT MIN(first_event_id) FROM rate_findings WHERE measure IN ('conflicting_utm', 'paid_click_without_utm'))
    AND event_lines.event_date BETWEEN rate_findings.since_date AND rate_findings.until_date
    AND rate_findings.segment = CASE rate_findings.segment_kind
        WHEN 'host' THEN event_lines.host_group
        WHEN 'event' THEN event_lines.event_name
        WHEN 'path' THEN event_lines.path_group
        WHEN 'agent' THEN event_lines.agent
        WHEN 'hour' THEN event_lines.clock_hour
        ELSE rate_findings.segment
    END
    AND has_client = 1 AND is_bot = 0 AND CASE measure WHEN 'conflicting_utm' THEN has_conflicting_utm ELSE has_paid_click_id * (1 - has_utm) END = 1
ORDER BY event_lines.event_id, rate_findings.segment
LIMIT 20
