-- title: Segments by day
-- description: What event_counts counts, added up for each day over the whole and in each segment: event name, host, path, hour of the
--   day, and bots or people. Days on which a segment has no record are here with zeros.
-- grain: one row per segment and day
-- key: segment_kind, segment, event_date
WITH counted AS (
    SELECT
        'all' AS segment_kind,
        'all events' AS segment,
        event_date,
        CAST(SUM(event_count) AS BIGINT) AS event_count,
        CAST(SUM(no_client) AS BIGINT) AS no_client,
        CAST(SUM(odd_client) AS BIGINT) AS odd_client,
        CAST(SUM(no_page) AS BIGINT) AS no_page,
        CAST(SUM(no_user_agent) AS BIGINT) AS no_user_agent,
        CAST(SUM(no_payload) AS BIGINT) AS no_payload,
        CAST(SUM(attributable) AS BIGINT) AS attributable,
        CAST(SUM(referrer_known) AS BIGINT) AS referrer_known,
        CAST(SUM(no_referrer) AS BIGINT) AS no_referrer,
        CAST(SUM(opaque_referrer) AS BIGINT) AS opaque_referrer,
        CAST(SUM(site_referrer) AS BIGINT) AS site_referrer,
        CAST(SUM(with_utm) AS BIGINT) AS with_utm,
        CAST(SUM(conflicting_utm) AS BIGINT) AS conflicting_utm,
        CAST(SUM(paid_click) AS BIGINT) AS paid_click,
        CAST(SUM(paid_click_without_utm) AS BIGINT) AS paid_click_without_utm,
        CAST(SUM(CASE WHEN is_bot = 1 THEN event_count ELSE 0 END) AS BIGINT) AS bot
    FROM event_counts
    GROUP BY event_date
    UNION ALL
    SELECT
        'event' AS segment_kind,
        event_name AS segment,
        event_date,
        CAST(SUM(event_count) AS BIGINT) AS event_count,
        CAST(SUM(no_client) AS BIGINT) AS no_client,
        CAST(SUM(odd_client) AS BIGINT) AS odd_client,
        CAST(SUM(no_page) AS BIGINT) AS no_page,
        CAST(SUM(no_user_agent) AS BIGINT) AS no_user_agent,
        CAST(SUM(no_payload) AS BIGINT) AS no_payload,
        CAST(SUM(attributable) AS BIGINT) AS attributable,
        CAST(SUM(referrer_known) AS BIGINT) AS referrer_known,
        CAST(SUM(no_referrer) AS BIGINT) AS no_referrer,
        CAST(SUM(opaque_referrer) AS BIGINT) AS opaque_referrer,
        CAST(SUM(site_referrer) AS BIGINT) AS site_referrer,
        CAST(SUM(with_utm) AS BIGINT) AS with_utm,
        CAST(SUM(conflicting_utm) AS BIGINT) AS conflicting_utm,
        CAST(SUM(paid_click) AS BIGINT) AS paid_click,
        CAST(SUM(paid_click_without_utm) AS BIGINT) AS paid_click_without_utm,
        CAST(SUM(CASE WHEN is_bot = 1 THEN event_count ELSE 0 END) AS BIGINT) AS bot
    FROM event_counts
    GROUP BY event_name, event_date
    UNION ALL
    SELECT
        'host' AS segment_kind,
        host_group AS segment,
        event_date,
        CAST(SUM(event_count) AS BIGINT) AS event_count,
        CAST(SUM(no_client) AS BIGINT) AS no_client,
        CAST(SUM(odd_client) AS BIGINT) AS odd_client,
        CAST(SUM(no_page) AS BIGINT) AS no_page,
        CAST(SUM(no_user_agent) AS BIGINT) AS no_user_agent,
        CAST(SUM(no_payload) AS BIGINT) AS no_payload,
        CAST(SUM(attributable) AS BIGINT) AS attributable,
        CAST(SUM(referrer_known) AS BIGINT) AS referrer_known,
        CAST(SUM(no_referrer) AS BIGINT) AS no_referrer,
        CAST(SUM(opaque_referrer) AS BIGINT) AS opaque_referrer,
        CAST(SUM(site_referrer) AS BIGINT) AS site_referrer,
        CAST(SUM(with_utm) AS BIGINT) AS with_utm,
        CAST(SUM(conflicting_utm) AS BIGINT) AS conflicting_utm,
        CAST(SUM(paid_click) AS BIGINT) AS paid_click,
        CAST(SUM(paid_click_without_utm) AS BIGINT) AS paid_click_without_utm,
        CAST(SUM(CASE WHEN is_bot = 1 THEN event_count ELSE 0 END) AS BIGINT) AS bot
    FROM event_counts
    GROUP BY host_group, event_date
    UNION ALL
    SELECT
        'path' AS segment_kind,
        path_group AS segment,
        event_date,
        CAST(SUM(event_count) AS BIGINT) AS event_count,
        CAST(SUM(no_client) AS BIGINT) AS no_client,
        CAST(SUM(odd_client) AS BIGINT) AS odd_client,
        CAST(SUM(no_page) AS BIGINT) AS no_page,
        CAST(SUM(no_user_agent) AS BIGINT) AS no_user_agent,
        CAST(SUM(no_payload) AS BIGINT) AS no_payload,
        CAST(SUM(attributable) AS BIGINT) AS attributable,
        CAST(SUM(referrer_known) AS BIGINT) AS referrer_known,
        CAST(SUM(no_referrer) AS BIGINT) AS no_referrer,
        CAST(SUM(opaque_referrer) AS BIGINT) AS opaque_referrer,
        CAST(SUM(site_referrer) AS BIGINT) AS site_referrer,
        CAST(SUM(with_utm) AS BIGINT) AS with_utm,
        CAST(SUM(conflicting_utm) AS BIGINT) AS conflicting_utm,
        CAST(SUM(paid_click) AS BIGINT) AS paid_click,
        CAST(SUM(paid_click_without_utm) AS BIGINT) AS paid_click_without_utm,
        CAST(SUM(CASE WHEN is_bot = 1 THEN event_count ELSE 0 END) AS BIGINT) AS bot
    FROM event_counts
    GROUP BY path_group, event_date
    UNION ALL
    SELECT
        'hour' AS segment_kind,
        CASE WHEN hour_of_day < 10 THEN '0' ELSE '' END || CAST(hour_of_day AS TEXT) || ':00' AS segment,
        event_date,
        CAST(SUM(event_count) AS BIGINT) AS event_count,
        CAST(SUM(no_client) AS BIGINT) AS no_client,
        CAST(SUM(odd_client) AS BIGINT) AS odd_client,
        CAST(SUM(no_page) AS BIGINT) AS no_page,
        CAST(SUM(no_user_agent) AS BIGINT) AS no_user_agent,
        CAST(SUM(no_payload) AS BIGINT) AS no_payload,
        CAST(SUM(attributable) AS BIGINT) AS attributable,
        CAST(SUM(referrer_known) AS BIGINT) AS referrer_known,
        CAST(SUM(no_referrer) AS BIGINT) AS no_referrer,
        CAST(SUM(opaque_referrer) AS BIGINT) AS opaque_referrer,
        CAST(SUM(site_referrer) AS BIGINT) AS site_referrer,
        CAST(SUM(with_utm) AS BIGINT) AS with_utm,
        CAST(SUM(conflicting_utm) AS BIGINT) AS conflicting_utm,
        CAST(SUM(paid_click) AS BIGINT) AS paid_click,
        CAST(SUM(paid_click_without_utm) AS BIGINT) AS paid_click_without_utm,
        CAST(SUM(CASE WHEN is_bot = 1 THEN event_count ELSE 0 END) AS BIGINT) AS bot
    FROM event_counts
    GROUP BY CASE WHEN hour_of_day < 10 THEN '0' ELSE '' END || CAST(hour_of_day AS TEXT) || ':00', event_date
    UNION ALL
    SELECT
        'agent' AS segment_kind,
        CASE WHEN is_bot = 1 THEN 'bots' ELSE 'people' END AS segment,
        event_date,
        CAST(SUM(event_count) AS BIGINT) AS event_count,
        CAST(SUM(no_client) AS BIGINT) AS no_client,
        CAST(SUM(odd_client) AS BIGINT) AS odd_client,
        CAST(SUM(no_page) AS BIGINT) AS no_page,
        CAST(SUM(no_user_agent) AS BIGINT) AS no_user_agent,
        CAST(SUM(no_payload) AS BIGINT) AS no_payload,
        CAST(SUM(attributable) AS BIGINT) AS attributable,
        CAST(SUM(referrer_known) AS BIGINT) AS referrer_known,
        CAST(SUM(no_referrer) AS BIGINT) AS no_referrer,
        CAST(SUM(opaque_referrer) AS BIGINT) AS opaque_referrer,
        CAST(SUM(site_referrer) AS BIGINT) AS site_referrer,
        CAST(SUM(with_utm) AS BIGINT) AS with_utm,
        CAST(SUM(conflicting_utm) AS BIGINT) AS conflicting_utm,
        CAST(SUM(paid_click) AS BIGINT) AS paid_click,
        CAST(SUM(paid_click_without_utm) AS BIGINT) AS paid_click_without_utm,
        CAST(SUM(CASE WHEN is_bot = 1 THEN event_count ELSE 0 END) AS BIGINT) AS bot
    FROM event_counts
    GROUP BY CASE WHEN is_bot = 1 THEN 'bots' ELSE 'people' END, event_date
),

segments AS (
    SELECT DISTINCT segment_kind, segment
    FROM counted
    WHERE event_date <> 'undated'
)

SELECT
    segments.segment_kind,
    segments.segment,
    quality_days.event_date,
    quality_days.day_number,
    quality_days.is_whole,
    quality_days.event_count AS day_event_count,
    COALESCE(counted.event_count, 0) AS event_count,
    COALESCE(counted.no_client, 0) AS no_client,
    COALESCE(counted.odd_client, 0) AS odd_client,
    COALESCE(counted.no_page, 0) AS no_page,
    COALESCE(counted.no_user_agent, 0) AS no_user_agent,
    COALESCE(counted.no_payload, 0) AS no_payload,
    COALESCE(counted.attributable, 0) AS attributable,
    COALESCE(counted.referrer_known, 0) AS referrer_known,
    COALESCE(counted.no_referrer, 0) AS no_referrer,
    COALESCE(counted.opaque_referrer, 0) AS opaque_referrer,
    COALESCE(counted.site_referrer, 0) AS site_referrer,
    COALESCE(counted.with_utm, 0) AS with_utm,
    COALESCE(counted.conflicting_utm, 0) AS conflicting_utm,
    COALESCE(counted.paid_click, 0) AS paid_click,
    COALESCE(counted.paid_click_without_utm, 0) AS paid_click_without_utm,
    COALESCE(counted.bot, 0) AS bot
FROM segments
CROSS JOIN quality_days
LEFT JOIN counted ON
    counted.segment_kind = segments.segment_kind
    AND counted.segment = segments.segment
    AND counted.event_date = quality_days.event_date
