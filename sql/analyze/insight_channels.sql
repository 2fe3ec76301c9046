-- title: Channels that convert better or worse than the rest
-- description: A channel is named where the 95% Wilson interval of its conversion rate does not touch the rate of all other
--   sessions together, and it has enough sessions to say so. At most three of each kind, the largest first.
-- section: Channels
-- kind: insight
-- format: sessions integer, conversion_rate percent 2, rate_of_others percent 2
-- param least_channel_sessions: 100
-- param most_sentences: 3
WITH totals AS (
    SELECT CAST(SUM(sessions) AS DOUBLE PRECISION) AS sessions, CAST(SUM(purchases) AS DOUBLE PRECISION) AS purchases
    FROM conversion_rate_by_channel
),

rates AS (
    SELECT
        channels.channel,
        channels.sessions,
        channels.purchases,
        channels.conversion_rate,
        CAST(channels.sessions AS DOUBLE PRECISION) AS n,
        (totals.purchases - channels.purchases) / NULLIF(totals.sessions - channels.sessions, 0) AS rate_of_others
    FROM conversion_rate_by_channel AS channels
    CROSS JOIN totals
    WHERE channels.sessions >= :least_channel_sessions
),

-- Wilson's score interval at 95% (z = 1.96; z squared = 3.8416).
intervals AS (
    SELECT
        rates.*,
        (conversion_rate + 1.9208 / n - 1.96 * SQRT((conversion_rate * (1 - conversion_rate) + 0.9604 / n) / n)) / (1 + 3.8416 / n) AS low_rate,
        (conversion_rate + 1.9208 / n + 1.96 * SQRT((conversion_rate * (1 - conversion_rate) + 0.9604 / n) / n)) / (1 + 3.8416 / n) AS high_rate
    FROM rates
),

judged AS (
    SELECT
        intervals.*,
        CASE WHEN low_rate > rate_of_others THEN 'good' WHEN high_rate < rate_of_others THEN 'bad' END AS tone
    FROM intervals
),

ranked AS (
    SELECT judged.*, ROW_NUMBER() OVER (PARTITION BY tone ORDER BY sessions DESC, channel) AS sentence_number
    FROM judged
    WHERE tone IS NOT NULL
)

SELECT
    tone,
    CASE
        WHEN tone = 'good' THEN 'Visits from {channel} buy more often than the rest: {conversion_rate} of {sessions} sessions, against {rate_of_others}.'
        ELSE 'Visits from {channel} buy less often than the rest: {conversion_rate} of {sessions} sessions, against {rate_of_others}.'
    END AS sentence,
    channel,
    sessions,
    conversion_rate,
    rate_of_others
FROM ranked
WHERE sentence_number <= :most_sentences
ORDER BY tone DESC, sentence_number
