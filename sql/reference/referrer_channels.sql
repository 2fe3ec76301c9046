-- title: Channels of referrers
-- description: What a visit from each kind of referrer counts as, where neither UTM values nor click ids say more. The shop's own
--   pages and payment pages send nobody: their visits are as good as direct.
-- grain: one row per kind
-- key: referrer_kind
WITH kinds (referrer_kind, medium, channel_group) AS (
    VALUES
        ('search', 'organic', 'Organic Search'),
        ('social', 'social', 'Organic Social'),
        ('video', 'video', 'Organic Video'),
        ('shopping', 'shopping', 'Organic Shopping'),
        ('ai_assistant', 'ai-assistant', 'AI Assistant'),
        ('email', 'email', 'Email'),
        ('other', 'referral', 'Referral'),
        ('payment', NULL, NULL),
        ('internal', NULL, NULL)
)

SELECT referrer_kind, medium, channel_group
FROM kinds
