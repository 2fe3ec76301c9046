-- title: Definitions
-- description: What the words in the summary mean, for any shop.
-- section: Definitions
-- kind: insight
WITH terms (term_number, sentence) AS (
    VALUES
        (1, 'Order: a purchase event that was kept. Its revenue is what the shop''s payload says, not multiplied by anything.'),
        (2, 'Session: the events of one browser cookie with no silence of more than 30 minutes. Conversion rate: sessions with a purchase among all sessions, known bots left out.'),
        (3, 'First and last click: the earliest and the latest tagged click (utm_source) of the buyer in the 7 days before the purchase; direct where there is none.'),
        (4, 'Change: the last seven complete days against the seven before. A day that the export covers only in part is compared with nothing.')
)

SELECT 'note' AS tone, sentence
FROM terms
ORDER BY term_number
