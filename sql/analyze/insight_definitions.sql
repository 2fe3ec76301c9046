-- title: Definitions
-- description: What the words in the summary mean, for any shop.
-- section: Definitions
-- kind: insight
-- param lookback_days: 7
-- param session_timeout_minutes: as in visit_starts
WITH terms (term_number, sentence) AS (
    VALUES
        (1, 'Order: a purchase event that was kept. Its revenue is what the shop''s payload says, not multiplied by anything.'),
        (2, 'Session: the events of one browser cookie with no silence of more than {session_timeout_minutes} minutes. Conversion rate: sessions with a purchase among all sessions, known bots left out.'),
        (3, 'First and last click: the earliest and the latest tagged click (utm_source) of the buyer in the {lookback_days} days before the purchase; direct where there is none.'),
        (4, 'Channel group: where a visit came from by the strongest evidence in it, in the manner of GA4: UTM values, then a click id, then a referrer from outside; Direct where there is none.'),
        (5, 'Change: the last seven complete days against the seven before. A day that the export covers only in part is compared with nothing.'),
        (6, 'Chance: a change or a difference is called one where it is larger than what the spread between days, sessions and orders makes by itself. A 95% interval holds the rate that the same shop would show in the long run, 19 times of 20.')
)

SELECT 'note' AS tone, sentence, :session_timeout_minutes AS session_timeout_minutes, :lookback_days AS lookback_days
FROM terms
ORDER BY term_number
