-- title: What each finding touches
-- description: The share that a check's findings touch of all events, sessions, orders or revenue, whichever is the largest: what to look at
--   first.
-- grain: one row per check with a finding
-- key: check_name
-- read_by: the quality report, for the order of its findings
-- materialize: view
WITH touched AS (
    SELECT
        check_name,
        COALESCE(CAST(SUM(events_touched) AS BIGINT), 0) AS event_count,
        COALESCE(CAST(SUM(sessions_touched) AS BIGINT), 0) AS session_count,
        COALESCE(CAST(SUM(orders_touched) AS BIGINT), 0) AS order_count,
        COALESCE(CAST(SUM(revenue_cents_touched) AS BIGINT), 0) AS revenue_cents
    FROM check_results
    WHERE stage = 'data_quality' AND passed = 0
    GROUP BY check_name
),

parts AS (
    SELECT check_name, event_count AS part, (SELECT CAST(SUM(record_count) AS BIGINT) FROM input_files) AS whole FROM touched
    UNION ALL
    SELECT check_name, session_count, (SELECT COUNT(*) FROM visit_starts) FROM touched
    UNION ALL
    SELECT check_name, order_count, (SELECT COUNT(*) FROM purchase_records) FROM touched
    UNION ALL
    SELECT check_name, revenue_cents, (SELECT CAST(SUM(revenue_cents) AS BIGINT) FROM purchase_records) FROM touched
)

SELECT
    check_name,
    MAX(CASE WHEN part <= 0 OR COALESCE(whole, 0) <= 0 THEN 0.0 WHEN part >= whole THEN 1.0 ELSE CAST(part AS DOUBLE PRECISION) / whole END) AS share
FROM parts
GROUP BY check_name
