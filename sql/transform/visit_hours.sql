-- title: Starts of visits, counted
-- description: How many visits start in each hour, and how many of them before their client's id was issued, by more than the tolerance. Only
--   some ids hold the time of their issue.
-- grain: one row per local day and hour in which a visit starts
-- key: event_date, hour_of_day
-- cluster: event_date, hour_of_day
-- incremental: event_date
-- effort: 2
-- param skew_tolerance_seconds: as in clock_skew
SELECT
    visit_starts.event_date,
    visit_starts.hour_of_day,
    COUNT(*) AS start_count,
    COUNT(clients.issued_at_ms) AS issued_count,
    COUNT(CASE WHEN visit_starts.occurred_at_ms < clients.issued_at_ms - :skew_tolerance_seconds * 1000 THEN 1 END) AS skewed_count
FROM visit_starts
CROSS JOIN clients -- so that SQLite reads both in their order
WHERE clients.client_key = visit_starts.client_key
GROUP BY visit_starts.event_date, visit_starts.hour_of_day
