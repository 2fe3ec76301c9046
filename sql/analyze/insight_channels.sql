-- title: Channels that convert better or worse than the rest
-- description: One of the larger channels is named where the 95% Wilson interval of its conversion rate does not touch the
--   rate of all other sessions together. At most three of each kind, the largest first.
-- section: Channels
-- kind: insight
-- format: sessions integer, conversion_rate percent 2, rate_of_others percent 2
-- param most_sentences: 3
WITH totals AS (
    SELECT CAST(SUM(sessions) AS DOUBLE PRECISION) AS sessions, CAST(SUM(purchases) AS DOUBLE PRECISION) AS purchases
    FROM conversion_rate_by_channel
),

judged AS (
    SELECT
        channels.*,
        (totals.purchases - channels.purchases) / NULLIF(totals.sessions - channels.sessions, 0) AS rate_of_others
    FROM conversion_by_channel AS channels
    CROSS JOIN totals
),

with_tones AS (
    SELECT
        judged.*,
        CASE WHEN low_rate > rate_of_others THEN 'good' WHEN high_rate < rate_of_others THEN 'bad' END AS tone
    FROM judged
),

ranked AS (
    SELECT with_tones.*, ROW_NUMBER() OVER (PARTITION BY tone ORDER BY sessions DESC, channel) AS sentence_number
    FROM with_tones
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
