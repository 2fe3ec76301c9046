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
SELECT event_lines.file_name, event_lines.line_number, 'a first session from the shop itself: ' || event_lines.what AS reason
FROM client_steps
JOIN visit_starts ON visit_starts.client_key = client_steps.client_key
JOIN event_lines ON event_lines.event_id = visit_starts.event_id
JOIN referrer_kinds ON referrer_kinds.referrer_key = client_steps.first_referrer_key
JOIN rate_findings ON client_steps.first_date BETWEEN rate_findings.since_date AND rate_findings.until_date
WHERE rate_findings.measure = 'self_referral' AND client_steps.is_bot = 0 AND event_lines.referrer_key = client_steps.first_referrer_key AND referrer_kinds.referrer_kind IN ('own page', 'own other')
ORDER BY event_lines.event_id
LIMIT 20
