-- title: Ad spend that pays, and that does not
-- description: A channel of spend.csv is named as costly where even the most generous attribution model, and the upper end of its interval, give
--   it less revenue than was spent; as paying where the least generous model and the lower end give it more. One of each,
--   the largest spend first. Channels with spend on few of the days are left out, as their revenue is that of all days.
-- section: What to do next
-- kind: insight
-- format: spend money 0, highest_revenue money 0, lowest_return decimal 2, highest_return decimal 2, low_return decimal 2,
--   high_return decimal 2
-- param least_spend_day_share: 0.5
WITH judged AS (
    SELECT
        spend_returns.*,
        CASE WHEN high_return < 1 THEN 'bad' ELSE 'good' END AS tone
    FROM spend_returns
    WHERE (high_return < 1 OR low_return > 1)
        AND day_count >= :least_spend_day_share * (SELECT COUNT(*) FROM days)
),

ranked AS (
    SELECT judged.*, ROW_NUMBER() OVER (PARTITION BY tone ORDER BY spend DESC, channel) AS channel_number
    FROM judged
),

sentences AS (
    SELECT
        1 AS sentence_number,
        tone,
        CASE
            WHEN tone = 'bad' AND highest_revenue = 0 THEN 'Ads on {channel} cost {spend}, and no order can be traced to them.'
            WHEN tone = 'bad' THEN 'Ads on {channel} cost more than they bring: {spend} spent, and no attribution model gives them more than {highest_revenue} of revenue ({highest_return} for each 1 spent; {high_return} at the most, allowing for chance).'
            WHEN highest_return = lowest_return THEN 'Ads on {channel} bring back {lowest_return} of revenue for each 1 spent; {low_return} at the least, allowing for chance.'
            ELSE 'Ads on {channel} bring back {lowest_return} to {highest_return} of revenue for each 1 spent, by whichever attribution model; {low_return} at the least, allowing for chance.'
        END AS sentence,
        channel
    FROM ranked
    WHERE channel_number = 1
    UNION ALL
    SELECT
        2,
        'note',
        CASE
            WHEN payers.channel IS NULL THEN 'Cut the spend on {channel} for two weeks, and watch all orders rather than its own: clicks don''t show what an ad did to those who came back by themselves.'
            ELSE 'Move a part of what {channel} costs to {other_channel}, a little at a time, and watch all orders: the next unit of spend brings less than the first, and clicks don''t show what an ad did to those who came back by themselves.'
        END,
        ranked.channel
    FROM ranked
    LEFT JOIN ranked AS payers ON payers.tone = 'good' AND payers.channel_number = 1
    WHERE ranked.tone = 'bad' AND ranked.channel_number = 1
)

SELECT
    sentences.tone,
    sentences.sentence,
    ranked.channel,
    ranked.spend,
    ranked.highest_revenue,
    ranked.lowest_return,
    ranked.highest_return,
    ranked.low_return,
    ranked.high_return,
    payers.channel AS other_channel
FROM sentences
JOIN ranked ON ranked.channel = sentences.channel
LEFT JOIN ranked AS payers ON payers.tone = 'good' AND payers.channel_number = 1
ORDER BY sentences.sentence_number, sentences.tone DESC, sentences.channel
