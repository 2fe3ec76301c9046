-- title: Devices that earn more or less of the revenue than of the visits
-- description: Mobile against desktop, where both have enough sessions and the conversion rates differ beyond chance (two-proportion
--   z of 2 or more).
-- section: Devices
-- kind: insight
-- format: mobile_rate percent 2, desktop_rate percent 2, mobile_share percent 0
-- param least_device_sessions: 200
-- param device_least_z: 2.0
WITH counts AS (
    SELECT
        CAST(SUM(sessions) AS DOUBLE PRECISION) AS sessions,
        CAST(SUM(CASE WHEN device_type = 'mobile' THEN sessions ELSE 0 END) AS DOUBLE PRECISION) AS mobile,
        CAST(SUM(CASE WHEN device_type = 'mobile' THEN buying_sessions ELSE 0 END) AS DOUBLE PRECISION) AS mobile_buying,
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
        (mobile_rate - desktop_rate) / NULLIF(SQRT(pooled_rate * (1 - pooled_rate) * (1 / mobile + 1 / desktop)), 0) AS z
    FROM rates
)

SELECT
    CASE WHEN z > 0 THEN 'good' ELSE 'bad' END AS tone,
    CASE
        WHEN z > 0 THEN 'Phones, {mobile_share} of sessions, convert better than desktops: {mobile_rate} against {desktop_rate}.'
        ELSE 'Phones, {mobile_share} of sessions, convert worse than desktops: {mobile_rate} against {desktop_rate}.'
    END AS sentence,
    mobile_rate,
    desktop_rate,
    mobile_share
FROM tested
WHERE ABS(z) >= :device_least_z
