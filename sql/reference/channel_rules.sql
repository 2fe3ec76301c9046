-- title: Channel rules
-- description: The channel group of a click by its UTM values: the first rule all of whose conditions hold, in the order of GA4's
--   default channel group for manual traffic (support.google.com/analytics/answer/9756891). NULL and 0 set no
--   condition; patterns meet values in lower case, with ~ for _. What no rule fits is decided by the click ids, then
--   by the referrer, and is 'Unassigned' if those are silent too. A shop's own rules stand in channel_mappings.
-- grain: one row per condition of a rule
-- key: condition_number
WITH rules (condition_number, rule_number, channel_group, source_kind, needs_paid_medium, needs_shop_campaign, source_pattern, medium_pattern, campaign_pattern, rule_text) AS (
    VALUES
        (1, 1, 'Direct', NULL, 0, 0, '(direct)', '', NULL, 'source direct, no medium'),
        (2, 1, 'Direct', NULL, 0, 0, '(direct)', '(none)', NULL, 'source direct, no medium'),
        (3, 1, 'Direct', NULL, 0, 0, '(direct)', '(not set)', NULL, 'source direct, no medium'),
        (4, 1, 'Direct', NULL, 0, 0, 'direct', '', NULL, 'source direct, no medium'),
        (5, 1, 'Direct', NULL, 0, 0, 'direct', '(none)', NULL, 'source direct, no medium'),
        (6, 1, 'Direct', NULL, 0, 0, 'direct', '(not set)', NULL, 'source direct, no medium'),
        (7, 2, 'Cross-network', NULL, 0, 0, NULL, NULL, '%cross-network%', 'campaign contains cross-network'),
        (8, 3, 'Paid Shopping', 'shopping', 1, 0, NULL, NULL, NULL, 'shopping source, paid medium'),
        (9, 3, 'Paid Shopping', NULL, 1, 1, NULL, NULL, NULL, 'shop campaign, paid medium'),
        (10, 4, 'Paid Search', 'search', 1, 0, NULL, NULL, NULL, 'search source, paid medium'),
        (11, 5, 'Paid Social', 'social', 1, 0, NULL, NULL, NULL, 'social source, paid medium'),
        (12, 6, 'Paid Video', 'video', 1, 0, NULL, NULL, NULL, 'video source, paid medium'),
        (13, 7, 'Display', NULL, 0, 0, NULL, 'display', NULL, 'medium display'),
        (14, 7, 'Display', NULL, 0, 0, NULL, 'banner', NULL, 'medium banner'),
        (15, 7, 'Display', NULL, 0, 0, NULL, 'expandable', NULL, 'medium expandable'),
        (16, 7, 'Display', NULL, 0, 0, NULL, 'interstitial', NULL, 'medium interstitial'),
        (17, 7, 'Display', NULL, 0, 0, NULL, 'cpm', NULL, 'medium cpm'),
        (18, 8, 'Paid Other', NULL, 1, 0, NULL, NULL, NULL, 'paid medium'),
        (19, 9, 'Organic Shopping', 'shopping', 0, 0, NULL, NULL, NULL, 'shopping source'),
        (20, 9, 'Organic Shopping', NULL, 0, 1, NULL, NULL, NULL, 'shop campaign'),
        (21, 10, 'Organic Social', 'social', 0, 0, NULL, NULL, NULL, 'social source'),
        (22, 10, 'Organic Social', NULL, 0, 0, NULL, 'social', NULL, 'medium social'),
        (23, 10, 'Organic Social', NULL, 0, 0, NULL, 'social-network', NULL, 'medium social-network'),
        (24, 10, 'Organic Social', NULL, 0, 0, NULL, 'social-media', NULL, 'medium social-media'),
        (25, 10, 'Organic Social', NULL, 0, 0, NULL, 'sm', NULL, 'medium sm'),
        (26, 10, 'Organic Social', NULL, 0, 0, NULL, 'social network', NULL, 'medium social network'),
        (27, 10, 'Organic Social', NULL, 0, 0, NULL, 'social media', NULL, 'medium social media'),
        (28, 11, 'Organic Video', 'video', 0, 0, NULL, NULL, NULL, 'video source'),
        (29, 11, 'Organic Video', NULL, 0, 0, NULL, '%video%', NULL, 'medium contains video'),
        (30, 12, 'Organic Search', 'search', 0, 0, NULL, NULL, NULL, 'search source'),
        (31, 12, 'Organic Search', NULL, 0, 0, NULL, 'organic', NULL, 'medium organic'),
        (32, 13, 'AI Assistant', NULL, 0, 0, NULL, 'ai-assistant', NULL, 'medium ai-assistant'),
        (33, 13, 'AI Assistant', 'ai_assistant', 0, 0, NULL, NULL, NULL, 'known assistant'),
        (34, 14, 'Referral', NULL, 0, 0, NULL, 'referral', NULL, 'medium referral'),
        (35, 14, 'Referral', NULL, 0, 0, NULL, 'app', NULL, 'medium app'),
        (36, 14, 'Referral', NULL, 0, 0, NULL, 'link', NULL, 'medium link'),
        (37, 15, 'Email', NULL, 0, 0, 'email', NULL, NULL, 'source e-mail'),
        (38, 15, 'Email', NULL, 0, 0, NULL, 'email', NULL, 'medium e-mail'),
        (39, 15, 'Email', NULL, 0, 0, 'e-mail', NULL, NULL, 'source e-mail'),
        (40, 15, 'Email', NULL, 0, 0, NULL, 'e-mail', NULL, 'medium e-mail'),
        (41, 15, 'Email', NULL, 0, 0, 'e~mail', NULL, NULL, 'source e-mail'),
        (42, 15, 'Email', NULL, 0, 0, NULL, 'e~mail', NULL, 'medium e-mail'),
        (43, 15, 'Email', NULL, 0, 0, 'e mail', NULL, NULL, 'source e-mail'),
        (44, 15, 'Email', NULL, 0, 0, NULL, 'e mail', NULL, 'medium e-mail'),
        (45, 16, 'Affiliates', NULL, 0, 0, NULL, 'affiliate', NULL, 'medium affiliate'),
        (46, 17, 'Audio', NULL, 0, 0, NULL, 'audio', NULL, 'medium audio'),
        (47, 18, 'SMS', NULL, 0, 0, 'sms', NULL, NULL, 'source sms'),
        (48, 18, 'SMS', NULL, 0, 0, NULL, 'sms', NULL, 'medium sms'),
        (49, 19, 'Mobile Push', NULL, 0, 0, NULL, '%push', NULL, 'medium ends in push'),
        (50, 19, 'Mobile Push', NULL, 0, 0, NULL, '%mobile%', NULL, 'medium contains mobile'),
        (51, 19, 'Mobile Push', NULL, 0, 0, NULL, '%notification%', NULL, 'medium contains notification'),
        (52, 19, 'Mobile Push', NULL, 0, 0, 'firebase', NULL, NULL, 'source firebase')
)

SELECT condition_number, rule_number, channel_group, source_kind, needs_paid_medium, needs_shop_campaign, source_pattern, medium_pattern, campaign_pattern, rule_text
FROM rules
