-- title: Click ids
-- description: URL parameters that say who sent a click, whatever their value. Where a page carries several, the lowest rank decides:
--   an affiliate's id before an advertiser's, that before an e-mail's, that before an organic one. Ambiguous ones
--   (a link that was merely shared carries them too) are evidence of a network and not of money.
--   A generic affid, oid or clickid says nothing until a shop maps it in channel_mappings.
-- grain: one row per parameter
-- key: parameter_name
WITH ids (parameter_name, click_id_rank, click_id_kind, network, source, medium, channel_group) AS (
    VALUES
        ('irclickid', 101, 'affiliate', 'Impact', 'impact', 'affiliate', 'Affiliates'),
        ('irgwc', 102, 'affiliate', 'Impact', 'impact', 'affiliate', 'Affiliates'),
        ('im_ref', 103, 'affiliate', 'Impact', 'impact', 'affiliate', 'Affiliates'),
        ('sscid', 104, 'affiliate', 'ShareASale', 'shareasale', 'affiliate', 'Affiliates'),
        ('cjevent', 105, 'affiliate', 'CJ', 'cj', 'affiliate', 'Affiliates'),
        ('awc', 106, 'affiliate', 'Awin', 'awin', 'affiliate', 'Affiliates'),
        ('ransiteid', 107, 'affiliate', 'Rakuten', 'rakuten', 'affiliate', 'Affiliates'),
        ('sharedid', 108, 'affiliate', 'Impact', 'impact', 'affiliate', 'Affiliates'),
        ('gclid', 201, 'paid', 'Google Ads', 'google', 'cpc', 'Paid Search'),
        ('gbraid', 202, 'paid', 'Google Ads', 'google', 'cpc', 'Paid Search'),
        ('wbraid', 203, 'paid', 'Google Ads', 'google', 'cpc', 'Paid Search'),
        ('dclid', 204, 'paid', 'Campaign Manager 360', 'google', 'display', 'Display'),
        ('msclkid', 205, 'paid', 'Microsoft Advertising', 'bing', 'cpc', 'Paid Search'),
        ('ttclid', 206, 'paid', 'TikTok', 'tiktok', 'paid_social', 'Paid Social'),
        ('twclid', 207, 'paid', 'X', 'twitter', 'paid_social', 'Paid Social'),
        ('li_fat_id', 208, 'paid', 'LinkedIn', 'linkedin', 'paid_social', 'Paid Social'),
        ('sccid', 209, 'paid', 'Snap', 'snapchat', 'paid_social', 'Paid Social'),
        ('rdt_cid', 210, 'paid', 'Reddit', 'reddit', 'paid_social', 'Paid Social'),
        ('qclid', 211, 'paid', 'Quora', 'quora', 'paid_social', 'Paid Social'),
        ('tblci', 212, 'paid', 'Taboola', 'taboola', 'display', 'Display'),
        ('dicbo', 213, 'paid', 'Outbrain', 'outbrain', 'display', 'Display'),
        ('obclid', 214, 'paid', 'Outbrain', 'outbrain', 'display', 'Display'),
        ('auctid', 215, 'paid', 'Teads', 'teads', 'display', 'Display'),
        ('yclid', 216, 'paid', 'Yandex', 'yandex', 'cpc', 'Paid Search'),
        ('cto_pld', 217, 'paid', 'Criteo', 'criteo', 'display', 'Display'),
        ('_kx', 301, 'email', 'Klaviyo', 'klaviyo', 'email', 'Email'),
        ('mc_cid', 302, 'email', 'Mailchimp', 'mailchimp', 'email', 'Email'),
        ('mc_eid', 303, 'email', 'Mailchimp', 'mailchimp', 'email', 'Email'),
        ('mkt_tok', 304, 'email', 'Marketo', 'marketo', 'email', 'Email'),
        ('_hsenc', 305, 'email', 'HubSpot', 'hubspot', 'email', 'Email'),
        ('srsltid', 401, 'organic', 'Google free listings', 'google', 'organic_shopping', 'Organic Shopping'),
        ('igshid', 402, 'organic', 'Instagram', 'instagram', 'social', 'Organic Social'),
        ('fbclid', 501, 'ambiguous', 'Meta', 'facebook', 'social', 'Organic Social'),
        ('epik', 502, 'ambiguous', 'Pinterest', 'pinterest', 'social', 'Organic Social')
)

SELECT parameter_name, click_id_rank, click_id_kind, network, source, medium, channel_group
FROM ids
