-- title: Self-referrals
-- description: First sessions of a client that come from the shop's own pages: the visit began elsewhere under another id, or on a page
--   without a tag, and its source is lost.
-- severity: info
-- format: observed percent 1, expected percent 1
-- needs: first sessions of clients in files with a referrer column
-- defect: self_referrals:all
-- message: {sessions_touched} of {population} {population:first session|first sessions} ({observed}) {sessions_touched:comes|come} from the shop's own pages.
-- cause: A page without a tag, a checkout on another host that sets an id of its own, or a redirect.
-- remedy: Let all hosts share the cookie, and tag every page that people land on.
-- param max_self_referral_rate: 0.05
-- param sample_rows: as in exact_duplicates
WITH first_sessions AS (
    SELECT client_steps.client_key, referrer_kinds.referrer_kind
    FROM client_steps
    JOIN referrer_kinds ON referrer_kinds.referrer_key = client_steps.first_referrer_key
),

totals AS (
    SELECT
        COUNT(*) AS session_count,
        COUNT(CASE WHEN referrer_kind IN ('own page', 'own other') THEN 1 END) AS self_count
    FROM first_sessions
)

SELECT
    'first sessions' AS subject,
    session_count AS population,
    CASE WHEN session_count > 0 THEN CAST(self_count AS DOUBLE PRECISION) / session_count END AS observed,
    :max_self_referral_rate AS expected,
    CASE WHEN self_count <= :max_self_referral_rate * session_count THEN 1 ELSE 0 END AS passed,
    self_count AS sessions_touched
FROM totals

-- samples
SELECT event_lines.file_name, event_lines.line_number, 'a first session from the shop itself: ' || event_lines.what AS reason
FROM (
    SELECT client_steps.client_key, client_steps.first_referrer_key
    FROM client_steps
    JOIN referrer_kinds ON referrer_kinds.referrer_key = client_steps.first_referrer_key
    WHERE referrer_kinds.referrer_kind IN ('own page', 'own other')
    ORDER BY client_steps.client_key
    LIMIT :sample_rows
) AS clients_of
JOIN event_order ON event_order.client_key = clients_of.client_key AND event_order.referrer_key = clients_of.first_referrer_key
JOIN visit_starts ON visit_starts.client_key = event_order.client_key AND visit_starts.occurred_at_ms = event_order.occurred_at_ms AND visit_starts.event_id = event_order.event_id
JOIN event_lines ON event_lines.event_id = event_order.event_id
ORDER BY event_lines.event_id
LIMIT :sample_rows
