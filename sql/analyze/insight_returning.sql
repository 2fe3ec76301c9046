-- title: What returning visitors are worth
-- description: Where returning visitors bring a far larger share of revenue than of sessions, and convert better beyond chance.
-- section: Visitors
-- kind: insight
-- format: session_share percent 0, revenue_share percent 0, returning_rate percent 2, new_rate percent 2
-- param insight_least_z: 2.0
WITH counts AS (
    SELECT
        MAX(CASE WHEN visitor = 'new' THEN CAST(sessions AS DOUBLE PRECISION) END) AS new_sessions,
        MAX(CASE WHEN visitor = 'returning' THEN CAST(sessions AS DOUBLE PRECISION) END) AS returning_sessions,
        MAX(CASE WHEN visitor = 'new' THEN conversion_rate END) AS new_rate,
        MAX(CASE WHEN visitor = 'returning' THEN conversion_rate END) AS returning_rate,
        MAX(CASE WHEN visitor = 'new' THEN revenue END) AS new_revenue,
        MAX(CASE WHEN visitor = 'returning' THEN revenue END) AS returning_revenue
    FROM new_and_returning
),

rates AS (
    SELECT
        counts.*,
        (new_rate * new_sessions + returning_rate * returning_sessions) / (new_sessions + returning_sessions) AS pooled_rate,
        returning_sessions / (new_sessions + returning_sessions) AS session_share,
        returning_revenue / NULLIF(new_revenue + returning_revenue, 0) AS revenue_share
    FROM counts
    WHERE new_sessions > 0 AND returning_sessions > 0
),

tested AS (
    SELECT
        rates.*,
        (returning_rate - new_rate) / SQRT(NULLIF(pooled_rate * (1 - pooled_rate), 0) * (1 / new_sessions + 1 / returning_sessions)) AS z
    FROM rates
    WHERE pooled_rate > 0 AND pooled_rate < 1
)

SELECT
    'good' AS tone,
    'Visitors who come back are {session_share} of sessions and {revenue_share} of revenue: {returning_rate} of their sessions end in a purchase, {new_rate} of first visits.' AS sentence,
    session_share,
    revenue_share,
    returning_rate,
    new_rate
FROM tested
WHERE z >= :insight_least_z AND revenue_share >= 1.5 * session_share
