-- title: Anonymised referrers: more or fewer
-- description: The share of outside referrers with a hash for a host, against the days before.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: opaque_referrers
-- message: {observed} of the outside referrers in {events_of} have a hash for a host; {expected} is usual.
-- cause: The list of hosts that the export leaves readable was changed.
-- remedy: Do not compare referral traffic by host across this moment.
-- param sample_rows: as in exact_duplicates
SELECT
    subject,
    population,
    observed,
    expected,
    passed,
    events_of,
    since,
    until,
    note,
    events_touched
FROM rate_results
WHERE measure = 'opaque_referrer'
ORDER BY subject, since_date

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
    WHERE measure = 'opaque_referrer' AND has_client = 1 AND is_bot = 0 AND referrer_kind = CASE WHEN shift = 1 THEN 'opaque' ELSE 'site' END
)

SELECT found.subject, found.since, event_lines.file_name, event_lines.line_number, CASE WHEN found.shift = 1 THEN 'a hash for a referrer: ' ELSE 'a referrer that is no hash: ' END || event_lines.what AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id, found.measure, found.subject
