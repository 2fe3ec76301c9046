-- title: Device rules
-- description: How a user agent tells the device: the first rule whose pattern is in the lower-cased text decides. Bots come
--   first, as most of them call themselves a phone or a computer as well. The words for bots name programs
--   and not companies: 'google' would catch the app that many people browse in.
-- grain: one row per rule
-- key: rule_number
WITH rules (rule_number, pattern, device_type, bot_category) AS (
    VALUES
        (1, '%googlebot%', 'bot', 'search'),
        (2, '%bingbot%', 'bot', 'search'),
        (3, '%adsbot%', 'bot', 'advertising'),
        (4, '%mediapartners-google%', 'bot', 'advertising'),
        (5, '%storebot%', 'bot', 'search'),
        (6, '%facebookexternalhit%', 'bot', 'preview'),
        (7, '%meta-externalagent%', 'bot', 'ai'),
        (8, '%gptbot%', 'bot', 'ai'),
        (9, '%chatgpt-user%', 'bot', 'ai'),
        (10, '%headlesschrome%', 'bot', 'automation'),
        (11, '%phantomjs%', 'bot', 'automation'),
        (12, '%puppeteer%', 'bot', 'automation'),
        (13, '%playwright%', 'bot', 'automation'),
        (14, '%selenium%', 'bot', 'automation'),
        (15, '%electron/%', 'bot', 'automation'),
        (16, '%lighthouse%', 'bot', 'monitoring'),
        (17, '%pingdom%', 'bot', 'monitoring'),
        (18, '%uptimerobot%', 'bot', 'monitoring'),
        (19, '%python-requests%', 'bot', 'script'),
        (20, '%python-urllib%', 'bot', 'script'),
        (21, '%curl/%', 'bot', 'script'),
        (22, '%wget/%', 'bot', 'script'),
        (23, '%go-http-client%', 'bot', 'script'),
        (24, '%java/%', 'bot', 'script'),
        (25, '%okhttp/%', 'bot', 'script'),
        (26, '%node-fetch%', 'bot', 'script'),
        (27, '%axios/%', 'bot', 'script'),
        (28, '%bot/%', 'bot', 'other'),
        (29, '%bot;%', 'bot', 'other'),
        (30, '%bot)%', 'bot', 'other'),
        (31, '%bot %', 'bot', 'other'),
        (32, '%bot', 'bot', 'other'),
        (33, '%crawler%', 'bot', 'other'),
        (34, '%spider%', 'bot', 'other'),
        (35, '%slurp%', 'bot', 'search'),
        (40, '%ipad%', 'tablet', NULL),
        (41, '%tablet%', 'tablet', NULL),
        (42, '%kindle%', 'tablet', NULL),
        (43, '%silk/%', 'tablet', NULL),
        (44, '%playbook%', 'tablet', NULL),
        (45, '%iphone%', 'mobile', NULL),
        (46, '%ipod%', 'mobile', NULL),
        (47, '%windows phone%', 'mobile', NULL),
        (48, '%android%mobile%', 'mobile', NULL),
        (49, '%mobile%android%', 'mobile', NULL),
        (50, '%android%', 'tablet', NULL),
        (51, '%smart-tv%', 'tv', NULL),
        (52, '%smarttv%', 'tv', NULL),
        (53, '%appletv%', 'tv', NULL),
        (54, '%windows nt%', 'desktop', NULL),
        (55, '%macintosh%', 'desktop', NULL),
        (56, '%cros %', 'desktop', NULL),
        (57, '%x11%', 'desktop', NULL),
        (58, '%linux%', 'desktop', NULL),
        (59, '%mobile%', 'mobile', NULL)
)

SELECT rule_number, pattern, device_type, bot_category
FROM rules
