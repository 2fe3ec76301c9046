-- title: Self-referrals: a jump
-- description: The share of new clients whose first event comes from the shop's own pages, against the days before: their visit began under
--   another id, or on a page without a tag.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: self_referrals
-- message: {observed} of the new clients come from the shop's own pages; {expected} is usual.
-- cause: A page lost its tag, or a host or a banner sets a fresh id in the middle of the visit.
-- remedy: Follow a visit through the hosts and look where the id changes. What is lost is where these visits came from.
SELECT
    subject,
    population,
    observed,
    expected,
    passed,
    since,
    until
FROM rate_results
WHERE measure = 'self_referral'
ORDER BY subject, since_date
