-- title: Segments by day
-- description: What event_counts counts, added up for each day over the whole and in each segment: event name, host, path, hour of the
--   day, and bots or people. Days on which a segment has no record are here with zeros.
-- grain: one row per segment and day
-- key: segment_kind, segment, event_date
WITH kinds (segment_kind) AS (
    VALUES ('all'), ('event'), ('host'), ('path'), ('agent')
),

-- Hours and files are many: all segments but the hours are added up from far fewer rows.
day_counts AS MATERIALIZED (
    SELECT
        event_date,
        event_name,
        host_group,
        path_group,
        is_bot,
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
        CAST(SUM(is_bot * event_count) AS BIGINT) AS bot
    FROM event_counts
    GROUP BY event_date, event_name, host_group, path_group, is_bot
),

counted AS (
    SELECT
        kinds.segment_kind,
        CASE kinds.segment_kind
            WHEN 'event' THEN day_counts.event_name
            WHEN 'host' THEN day_counts.host_group
            WHEN 'path' THEN day_counts.path_group
            WHEN 'agent' THEN CASE WHEN day_counts.is_bot = 1 THEN 'bots' ELSE 'people' END
            ELSE 'all events'
        END AS segment,
        day_counts.event_date,
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
        CAST(SUM(bot) AS BIGINT) AS bot
    FROM day_counts
    CROSS JOIN kinds
    GROUP BY 1, 2, 3
    UNION ALL
    SELECT
        'hour',
        CASE WHEN hour_of_day < 10 THEN '0' ELSE '' END || CAST(hour_of_day AS TEXT) || ':00',
        event_date,
        CAST(SUM(event_count) AS BIGINT),
        CAST(SUM(no_client) AS BIGINT),
        CAST(SUM(odd_client) AS BIGINT),
        CAST(SUM(no_page) AS BIGINT),
        CAST(SUM(no_user_agent) AS BIGINT),
        CAST(SUM(no_payload) AS BIGINT),
        CAST(SUM(attributable) AS BIGINT),
        CAST(SUM(referrer_known) AS BIGINT),
        CAST(SUM(no_referrer) AS BIGINT),
        CAST(SUM(opaque_referrer) AS BIGINT),
        CAST(SUM(site_referrer) AS BIGINT),
        CAST(SUM(with_utm) AS BIGINT),
        CAST(SUM(conflicting_utm) AS BIGINT),
        CAST(SUM(paid_click) AS BIGINT),
        CAST(SUM(paid_click_without_utm) AS BIGINT),
        CAST(SUM(is_bot * event_count) AS BIGINT)
    FROM event_counts
    GROUP BY event_date, hour_of_day
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
