-- title: Phones against desktops
-- description: Where both have enough sessions and the conversion rates differ beyond chance (two-proportion z of 2 or more) and by a tenth or
--   more; and the orders that phones would make in the export at the desktops' rate, which is a ceiling and no forecast.
-- section: What to do next
-- kind: insight
-- format: mobile_rate percent 2, desktop_rate percent 2, mobile_share percent 0, missed_orders integer, missed_revenue money 0
-- param least_device_sessions: 200
-- param insight_least_z: 2.0
-- param least_device_difference: 0.1
WITH counts AS (
    SELECT
        CAST(SUM(sessions) AS DOUBLE PRECISION) AS sessions,
        CAST(SUM(CASE WHEN device_type = 'mobile' THEN sessions ELSE 0 END) AS DOUBLE PRECISION) AS mobile,
        CAST(SUM(CASE WHEN device_type = 'mobile' THEN buying_sessions ELSE 0 END) AS DOUBLE PRECISION) AS mobile_buying,
        CAST(SUM(CASE WHEN device_type = 'mobile' THEN orders ELSE 0 END) AS DOUBLE PRECISION) AS mobile_orders,
        CAST(SUM(CASE WHEN device_type = 'mobile' THEN revenue_cents ELSE 0 END) AS DOUBLE PRECISION) / 100 AS mobile_revenue,
        CAST(SUM(CASE WHEN device_type = 'desktop' THEN sessions ELSE 0 END) AS DOUBLE PRECISION) AS desktop,
        CAST(SUM(CASE WHEN device_type = 'desktop' THEN buying_sessions ELSE 0 END) AS DOUBLE PRECISION) AS desktop_buying
    FROM session_counts
    WHERE is_bot = 0
),

rates AS (
    SELECT
        counts.*,
        mobile_buying / mobile AS mobile_rate,
        desktop_buying / desktop AS desktop_rate,
        mobile / sessions AS mobile_share,
        (mobile_buying + desktop_buying) / (mobile + desktop) AS pooled_rate
    FROM counts
    WHERE mobile >= :least_device_sessions AND desktop >= :least_device_sessions
),

tested AS (
    SELECT
        rates.*,
        (desktop_rate - mobile_rate) * mobile AS missed_orders,
        (desktop_rate - mobile_rate) * mobile * mobile_revenue / NULLIF(mobile_orders, 0) AS missed_revenue,
        (mobile_rate - desktop_rate) / NULLIF(SQRT(pooled_rate * (1 - pooled_rate) * (1 / mobile + 1 / desktop)), 0) AS z
    FROM rates
    WHERE ABS(mobile_rate - desktop_rate) >= :least_device_difference * desktop_rate
),

sentences AS (
    SELECT
        1 AS sentence_number,
        CASE WHEN z > 0 THEN 'good' ELSE 'bad' END AS tone,
        CASE
            WHEN z > 0 THEN 'Phones, {mobile_share} of sessions, convert better than desktops: {mobile_rate} against {desktop_rate}.'
            ELSE 'Phones, {mobile_share} of sessions, convert worse than desktops: {mobile_rate} against {desktop_rate}.'
        END AS sentence
    FROM tested
    WHERE ABS(z) >= :insight_least_z
    UNION ALL
    SELECT
        2,
        'note',
        'Try the shop on a phone, from the landing page to the payment: at the desktops'' rate phones would have made {missed_orders} more orders, worth about {missed_revenue}; take that as a ceiling.'
    FROM tested
    WHERE z <= -:insight_least_z AND missed_revenue > 0
)

SELECT sentences.tone, sentences.sentence, tested.mobile_rate, tested.desktop_rate, tested.mobile_share, tested.missed_orders, tested.missed_revenue
FROM sentences
CROSS JOIN tested
ORDER BY sentences.sentence_number
