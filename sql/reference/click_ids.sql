-- title: Click ids
-- description: URL parameters that say who sent a click, whatever their value. Where a page carries several, the lowest rank decides:
--   an affiliate's id before an advertiser's, that before an e-mail's, that before an organic one. Ambiguous ones
--   (a link that was merely shared carries them too) are evidence of a network and not of money.
-- grain: one row per parameter
-- key: parameter_name
WITH ids (parameter_name, click_id_rank, click_id_kind, network, source, medium) AS (
    VALUES
        ('irclickid', 101, 'affiliate', 'Impact', 'impact', 'affiliate'),
        ('irgwc', 102, 'affiliate', 'Impact', 'impact', 'affiliate'),
        ('im_ref', 103, 'affiliate', 'Impact', 'impact', 'affiliate'),
        ('sscid', 104, 'affiliate', 'ShareASale', 'shareasale', 'affiliate'),
        ('cjevent', 105, 'affiliate', 'CJ', 'cj', 'affiliate'),
        ('awc', 106, 'affiliate', 'Awin', 'awin', 'affiliate'),
        ('ransiteid', 107, 'affiliate', 'Rakuten', 'rakuten', 'affiliate'),
        ('gclid', 201, 'paid', 'Google Ads', 'google', 'cpc'),
        ('gbraid', 202, 'paid', 'Google Ads', 'google', 'cpc'),
        ('wbraid', 203, 'paid', 'Google Ads', 'google', 'cpc'),
        ('dclid', 204, 'paid', 'Campaign Manager 360', 'google', 'display'),
        ('msclkid', 205, 'paid', 'Microsoft Advertising', 'bing', 'cpc'),
        ('ttclid', 206, 'paid', 'TikTok', 'tiktok', 'paid_social'),
        ('twclid', 207, 'paid', 'X', 'twitter', 'paid_social'),
        ('li_fat_id', 208, 'paid', 'LinkedIn', 'linkedin', 'paid_social'),
        ('sccid', 209, 'paid', 'Snap', 'snapchat', 'paid_social'),
        ('rdt_cid', 210, 'paid', 'Reddit', 'reddit', 'paid_social'),
        ('qclid', 211, 'paid', 'Quora', 'quora', 'paid_social'),
        ('tblci', 212, 'paid', 'Taboola', 'taboola', 'display'),
        ('dicbo', 213, 'paid', 'Outbrain', 'outbrain', 'display'),
        ('obclid', 214, 'paid', 'Outbrain', 'outbrain', 'display'),
        ('auctid', 215, 'paid', 'Teads', 'teads', 'display'),
        ('yclid', 216, 'paid', 'Yandex', 'yandex', 'cpc'),
        ('cto_pld', 217, 'paid', 'Criteo', 'criteo', 'display'),
        ('_kx', 301, 'email', 'Klaviyo', 'klaviyo', 'email'),
        ('mc_cid', 302, 'email', 'Mailchimp', 'mailchimp', 'email'),
        ('mc_eid', 303, 'email', 'Mailchimp', 'mailchimp', 'email'),
        ('mkt_tok', 304, 'email', 'Marketo', 'marketo', 'email'),
        ('_hsenc', 305, 'email', 'HubSpot', 'hubspot', 'email'),
        ('srsltid', 401, 'organic', 'Google free listings', 'google', 'organic_shopping'),
        ('igshid', 402, 'organic', 'Instagram', 'instagram', 'social'),
        ('fbclid', 501, 'ambiguous', 'Meta', 'facebook', 'social'),
        ('epik', 502, 'ambiguous', 'Pinterest', 'pinterest', 'social')
)

SELECT parameter_name, click_id_rank, click_id_kind, network, source, medium
FROM ids
