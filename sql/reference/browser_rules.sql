-- title: Browser rules
-- description: How a user agent tells the browser: the first rule whose pattern is in the lower-cased text, with ~ for _, decides.
--   Apps that show pages themselves come first, then the browsers that also call themselves Chrome or Safari, then
--   those. An iPhone's or iPad's WebKit without the word Safari is an app of unknown name.
-- grain: one row per rule
-- key: rule_number
WITH rules (rule_number, pattern, browser, is_in_app) AS (
    VALUES
        (1, '%fban/%', 'Facebook app', 1),
        (2, '%fbav/%', 'Facebook app', 1),
        (3, '%fb~iab/%', 'Facebook app', 1),
        (4, '%instagram %', 'Instagram app', 1),
        (5, '%musical~ly%', 'TikTok app', 1),
        (6, '%bytedancewebview%', 'TikTok app', 1),
        (7, '%bytelocale%', 'TikTok app', 1),
        (8, '%trill~%', 'TikTok app', 1),
        (9, '%pinterest/%', 'Pinterest app', 1),
        (10, '%[pinterest%', 'Pinterest app', 1),
        (11, '%snapchat%', 'Snapchat app', 1),
        (12, '%twitter for%', 'X app', 1),
        (13, '%twitterandroid%', 'X app', 1),
        (14, '%linkedinapp%', 'LinkedIn app', 1),
        (15, '%reddit/%', 'Reddit app', 1),
        (16, '%micromessenger%', 'WeChat app', 1),
        (17, '% line/%', 'Line app', 1),
        (18, '%whatsapp/%', 'WhatsApp app', 1),
        (19, '%gsa/%', 'Google app', 1),
        (20, '%klaviyo%', 'Klaviyo app', 1),
        (21, '%samsungbrowser%', 'Samsung Internet', 0),
        (22, '%edg/%', 'Edge', 0),
        (23, '%edga/%', 'Edge', 0),
        (24, '%edgios/%', 'Edge', 0),
        (25, '%edge/%', 'Edge', 0),
        (26, '%opr/%', 'Opera', 0),
        (27, '%opera%', 'Opera', 0),
        (28, '%opt/%', 'Opera', 0),
        (29, '%opios%', 'Opera', 0),
        (30, '%ddg/%', 'DuckDuckGo', 0),
        (31, '%duckduckgo/%', 'DuckDuckGo', 0),
        (32, '%brave/%', 'Brave', 0),
        (33, '%vivaldi/%', 'Vivaldi', 0),
        (34, '%yabrowser%', 'Yandex Browser', 0),
        (35, '%ucbrowser%', 'UC Browser', 0),
        (36, '%miuibrowser%', 'Mi Browser', 0),
        (37, '%huaweibrowser%', 'Huawei Browser', 0),
        (38, '%whale/%', 'Whale', 0),
        (39, '%silk/%', 'Silk', 0),
        (40, '%focus/%', 'Firefox Focus', 0),
        (41, '%fxios/%', 'Firefox', 0),
        (42, '%firefox/%', 'Firefox', 0),
        (43, '%crios/%', 'Chrome', 0),
        (44, '%; wv)%', 'Android in-app', 1),
        (45, '%headlesschrome%', 'Chrome headless', 0),
        (46, '%chromium/%', 'Chromium', 0),
        (47, '%chrome/%', 'Chrome', 0),
        (48, '%msie %', 'Internet Explorer', 0),
        (49, '%trident/%', 'Internet Explorer', 0),
        (50, '%version/%safari/%', 'Safari', 0),
        (51, '%iphone%applewebkit%', 'iOS in-app', 1),
        (52, '%ipad%applewebkit%', 'iOS in-app', 1),
        (53, '%macintosh%safari/%', 'Safari', 0),
        (54, '%safari/%', 'Safari', 0),
        (55, '%applewebkit%', 'WebKit', 0)
)

SELECT rule_number, pattern, browser, is_in_app
FROM rules
