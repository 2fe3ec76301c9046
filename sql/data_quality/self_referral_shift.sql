-- title: Self-referrals: a jump
-- description: The share of new clients whose first event comes from the shop's own pages, against the days before: their visit began under
--   another id, or on a page without a tag.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: self_referrals
-- follows: client_id_lost, client_id_format, one_hit_clients, records_outside_day
-- message: {observed} of the new clients that are no known bots come from the shop's own pages; {expected} is usual.
-- cause: A page lost its tag, or a host or a banner sets a fresh id in the middle of the visit.
-- remedy: Follow a visit through the hosts and look where the id changes. What is lost is where these visits came from.
-- param sample_rows: as in exact_duplicates
SELECT
    subject,
    population,
    observed,
    expected,
    passed,
    since,
    until,
    note,
    events_touched AS sessions_touched
FROM rate_results
WHERE measure = 'self_referral'
ORDER BY subject, since_date

-- samples
WITH found AS (
    SELECT
        rate_results.subject,
        rate_results.since,
        visit_starts.event_id,
        ROW_NUMBER() OVER (PARTITION BY rate_results.subject, rate_results.since ORDER BY visit_starts.event_id) AS sample_number
    FROM rate_results
    JOIN client_steps ON client_steps.first_date = rate_results.since_date
    JOIN visit_starts ON visit_starts.client_key = client_steps.client_key
    JOIN raw_events ON raw_events.event_id = visit_starts.event_id AND raw_events.referrer_key = client_steps.first_referrer_key
    JOIN referrer_kinds ON referrer_kinds.referrer_key = client_steps.first_referrer_key
    WHERE
        rate_results.measure = 'self_referral'
        AND rate_results.passed = 0
        AND client_steps.is_bot = 0
        AND referrer_kinds.referrer_kind IN ('own page', 'own other')
)

SELECT found.subject, found.since, event_lines.file_name, event_lines.line_number, 'a first session from the shop itself: ' || event_lines.what AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id
