-- title: Channels that convert better or worse than the rest
-- description: A channel is named where its conversion rate and that of all other sessions differ beyond chance: two-proportion z of the
--   family's least or more (2.9 is 5% over a dozen channels), and at least five purchases expected in it. At most two of each
--   kind, the largest first. The groups of channels are judged in the same way, by themselves; a channel that lies
--   in a group of which the same is said is not told again. Direct is no channel to judge.
-- section: Channels
-- kind: insight
-- format: sessions integer, conversion_rate percent 2, rate_of_others percent 2, low_rate percent 2, high_rate percent 2
-- param most_sentences: 2
-- param insight_family_z: 2.9
-- param least_expected_purchases: 5.0
-- param told_share: 0.6
WITH counts AS (
    SELECT 'channel' AS what, channel AS name, sessions, purchases FROM conversion_rate_by_channel WHERE channel <> 'direct'
    UNION ALL
    SELECT 'group', channel_group, CAST(SUM(sessions) AS BIGINT), CAST(SUM(buying_sessions) AS BIGINT)
    FROM session_counts
    WHERE is_bot = 0 AND channel_group NOT IN ('Direct', 'Unassigned')
    GROUP BY channel_group
),

totals AS (
    SELECT CAST(SUM(sessions) AS DOUBLE PRECISION) AS sessions, CAST(SUM(buying_sessions) AS DOUBLE PRECISION) AS purchases
    FROM session_counts
    WHERE is_bot = 0
),

rates AS (
    SELECT
        counts.*,
        CAST(counts.sessions AS DOUBLE PRECISION) AS n,
        CAST(counts.purchases AS DOUBLE PRECISION) / counts.sessions AS conversion_rate,
        (totals.purchases - counts.purchases) / NULLIF(totals.sessions - counts.sessions, 0) AS rate_of_others,
        totals.sessions - counts.sessions AS other_sessions,
        totals.purchases / totals.sessions AS pooled_rate
    FROM counts
    CROSS JOIN totals
    WHERE counts.sessions > 0
),

judged AS (
    SELECT
        rates.*,
        (conversion_rate - rate_of_others) / NULLIF(SQRT(pooled_rate * (1 - pooled_rate) * (1 / n + 1 / NULLIF(other_sessions, 0))), 0) AS z
    FROM rates
    WHERE n * pooled_rate >= :least_expected_purchases
),

differing AS (
    SELECT judged.*, CASE WHEN z > 0 THEN 'good' ELSE 'bad' END AS tone
    FROM judged
    WHERE ABS(z) >= :insight_family_z
),

told AS (
    SELECT channels.name
    FROM differing AS channels
    JOIN session_counts ON session_counts.channel = channels.name AND session_counts.is_bot = 0
    JOIN differing AS channel_groups ON
        channel_groups.what = 'group'
        AND channel_groups.name = session_counts.channel_group
        AND channel_groups.tone = channels.tone
    WHERE channels.what = 'channel'
    GROUP BY channels.name, channels.sessions, channel_groups.name
    HAVING SUM(session_counts.sessions) >= :told_share * channels.sessions
),

ranked AS (
    SELECT
        differing.*,
        ROW_NUMBER() OVER (PARTITION BY differing.what, differing.tone ORDER BY differing.sessions DESC, differing.name) AS sentence_number
    FROM differing
    LEFT JOIN told ON told.name = differing.name AND differing.what = 'channel'
    WHERE told.name IS NULL
)

SELECT
    tone,
    CASE
        WHEN what = 'group' AND tone = 'good' THEN '{name} visits buy more often than the rest: {conversion_rate} of {sessions} sessions (95% interval {low_rate} to {high_rate}), against {rate_of_others}.'
        WHEN what = 'group' THEN '{name} visits buy less often than the rest: {conversion_rate} of {sessions} sessions (95% interval {low_rate} to {high_rate}), against {rate_of_others}.'
        WHEN tone = 'good' THEN 'Visits tagged {name} buy more often than the rest: {conversion_rate} of {sessions} sessions (95% interval {low_rate} to {high_rate}), against {rate_of_others}.'
        ELSE 'Visits tagged {name} buy less often than the rest: {conversion_rate} of {sessions} sessions (95% interval {low_rate} to {high_rate}), against {rate_of_others}.'
    END AS sentence,
    name,
    sessions,
    conversion_rate,
    (conversion_rate + 1.9208 / n - 1.96 * SQRT((conversion_rate * (1 - conversion_rate) + 0.9604 / n) / n)) / (1 + 3.8416 / n) AS low_rate,
    (conversion_rate + 1.9208 / n + 1.96 * SQRT((conversion_rate * (1 - conversion_rate) + 0.9604 / n) / n)) / (1 + 3.8416 / n) AS high_rate,
    rate_of_others
FROM ranked
WHERE sentence_number <= :most_sentences
ORDER BY tone DESC, what DESC, sentence_number
