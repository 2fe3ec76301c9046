-- title: Referrers: how many are empty
-- description: The share of events without a referrer (of those whose file has the column), against the days before. A jump in either direction changes what counts as direct, organic and referral although nothing changed with the visitors.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: null_referrers
-- defect: referrer_loss_within_day
-- message: {observed} of {events_of} have an empty referrer; {expected} is usual.
-- cause: The tag began, or ceased, to send or keep the referrer: another referrer policy, a consent banner, a new version of the tag.
-- remedy: Do not compare organic, referral and direct traffic across this moment.
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
WHERE measure = 'no_referrer'
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
    WHERE measure = 'no_referrer' AND has_client = 1 AND is_bot = 0 AND CASE WHEN referrer_kind = 'empty' THEN 1 ELSE -1 END = shift AND referrer_kind <> 'unknown'
)

SELECT found.subject, found.since, event_lines.file_name, event_lines.line_number, CASE WHEN found.shift = 1 THEN 'no referrer: ' ELSE 'a referrer, where most had none: ' END || event_lines.what AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id, found.measure, found.subject
