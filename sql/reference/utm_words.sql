-- title: Words in UTM values
-- description: What a utm_medium or utm_campaign must be like for a click to count as paid or as of the shop's own products (GA4). A
--   campaign speaks of shopping where the word 'shop' begins in it: 'my-shop' does, 'workshop' and 'eshop' do not.
--   Values are compared in lower case, with ~ for _, which LIKE would take for any letter.
-- grain: one row per word
-- key: word_number
WITH words (word_number, field, meaning, pattern) AS (
    VALUES
        (1, 'medium', 'paid', '%cp%'),
        (2, 'medium', 'paid', 'ppc'),
        (3, 'medium', 'paid', 'retargeting'),
        (4, 'medium', 'paid', 'paid%'),
        (5, 'campaign', 'shop', 'shop%'),
        (6, 'campaign', 'shop', '%shopping%'),
        (7, 'campaign', 'shop', '% shop%'),
        (8, 'campaign', 'shop', '%-shop%'),
        (9, 'campaign', 'shop', '%.shop%'),
        (10, 'campaign', 'shop', '%/shop%'),
        (11, 'campaign', 'shop', '%|shop%'),
        (12, 'campaign', 'shop', '%:shop%'),
        (13, 'campaign', 'shop', '%+shop%'),
        (14, 'campaign', 'shop', '%&shop%'),
        (15, 'campaign', 'shop', '%(shop%'),
        (16, 'campaign', 'shop', '%[shop%'),
        (17, 'campaign', 'shop', '%=shop%'),
        (18, 'campaign', 'shop', '%~shop%'),
        (19, 'campaign', 'shop', '%0shop%'),
        (20, 'campaign', 'shop', '%1shop%'),
        (21, 'campaign', 'shop', '%2shop%'),
        (22, 'campaign', 'shop', '%3shop%'),
        (23, 'campaign', 'shop', '%4shop%'),
        (24, 'campaign', 'shop', '%5shop%'),
        (25, 'campaign', 'shop', '%6shop%'),
        (26, 'campaign', 'shop', '%7shop%'),
        (27, 'campaign', 'shop', '%8shop%'),
        (28, 'campaign', 'shop', '%9shop%'),
        (29, 'campaign', 'shop', '%,shop%'),
        (30, 'campaign', 'shop', '%;shop%'),
        (31, 'campaign', 'shop', '%>shop%'),
        (32, 'campaign', 'shop', '%#shop%'),
        (33, 'campaign', 'shop', '%@shop%'),
        (34, 'campaign', 'shop', '%*shop%'),
        (35, 'campaign', 'shop', '%)shop%'),
        (36, 'campaign', 'shop', '%]shop%'),
        (37, 'campaign', 'shop', '%!shop%')
)

SELECT word_number, field, meaning, pattern
FROM words
