-- title: Anonymised referrers: more or fewer
-- description: The share of outside referrers with a hash for a host, against the days before.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: opaque_referrers
-- message: {observed} of the outside referrers of {subject} have a hash for a host; {expected} is usual.
-- cause: The list of hosts that the export leaves readable was changed.
-- remedy: Do not compare referral traffic by host across this moment.
SELECT
    subject,
    population,
    observed,
    expected,
    passed,
    since,
    until,
    events_touched
FROM rate_results
WHERE measure = 'opaque_referrer'
ORDER BY subject, since_date

-- samples
SELECT file_name, line_number, CASE WHEN shift = 1 THEN 'a hash for a referrer: ' ELSE 'a referrer that is no hash: ' END || what AS reason
FROM rate_lines
WHERE measure = 'opaque_referrer' AND has_client = 1 AND is_bot = 0 AND referrer_kind = CASE WHEN shift = 1 THEN 'opaque' ELSE 'site' END
ORDER BY event_id
LIMIT 20
