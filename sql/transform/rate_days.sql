-- title: Rates by day
-- description: Every rate that the quality checks watch, for each segment and day: of how many records (population) how many have the
--   property (hits). Rates that never occur in a segment, and segments of a handful of records, are left out.
-- grain: one row per measure, segment and day
-- key: measure, segment_kind, segment, day_rank
-- cluster: measure, segment_kind, segment, day_rank
-- param least_series_records: 100
WITH fields AS (
    SELECT
        payload_field_counts.event_date,
        payload_field_counts.event_name,
        payload_field_counts.field_path,
        CASE WHEN LOWER(payload_field_counts.field_path) LIKE 'items[].%' THEN 'items[]' ELSE '' END AS parent_path,
        CAST(SUM(payload_field_counts.value_count) AS BIGINT) AS field_count,
        CAST(SUM(CASE WHEN payload_field_counts.state = 'value' THEN payload_field_counts.value_count ELSE 0 END) AS BIGINT) AS filled_count
    FROM payload_field_counts
    GROUP BY payload_field_counts.event_date, payload_field_counts.event_name, payload_field_counts.field_path
),

parents AS (
    SELECT event_date, event_name, field_path, field_count, filled_count
    FROM fields
    WHERE field_path IN ('', 'items[]')
),

known_fields AS (
    SELECT DISTINCT event_name, field_path, parent_path
    FROM fields
    WHERE field_path NOT IN ('', 'items[]') AND filled_count > 0
),

near_duplicate_counts AS (
    SELECT event_date, COUNT(*) AS event_count
    FROM near_duplicates
    WHERE gap_ms > 0 AND has_page = 1 -- the same moment in two files is told by overlapping_files
    GROUP BY event_date
),

device_step_sums AS MATERIALIZED (
    SELECT
        event_date,
        device_type,
        CAST(SUM(has_cart) AS BIGINT) AS carts,
        CAST(SUM(has_checkout) AS BIGINT) AS checkouts,
        CAST(SUM(has_purchase) AS BIGINT) AS purchases,
        CAST(SUM(has_confirmation) AS BIGINT) AS confirmations,
        CAST(SUM(has_cart * has_checkout) AS BIGINT) AS carts_with_checkout,
        CAST(SUM(has_checkout * has_purchase) AS BIGINT) AS checkouts_with_purchase,
        CAST(SUM(has_purchase * has_confirmation) AS BIGINT) AS purchases_with_confirmation
    FROM step_days
    GROUP BY event_date, device_type
),

step_sums AS MATERIALIZED (
    SELECT
        event_date,
        CAST(SUM(carts) AS BIGINT) AS carts,
        CAST(SUM(checkouts) AS BIGINT) AS checkouts,
        CAST(SUM(purchases) AS BIGINT) AS purchases,
        CAST(SUM(confirmations) AS BIGINT) AS confirmations,
        CAST(SUM(carts_with_checkout) AS BIGINT) AS carts_with_checkout,
        CAST(SUM(checkouts_with_purchase) AS BIGINT) AS checkouts_with_purchase,
        CAST(SUM(purchases_with_confirmation) AS BIGINT) AS purchases_with_confirmation
    FROM device_step_sums
    GROUP BY event_date
),

steps AS (
    SELECT 'step_skipped' AS measure, 'purchases without a checkout' AS step, event_date, purchases AS population, purchases - checkouts_with_purchase AS hits FROM step_sums
    UNION ALL
    SELECT 'step_skipped', 'checkouts without a cart', event_date, checkouts, checkouts - carts_with_checkout FROM step_sums
    UNION ALL
    SELECT 'step_skipped', 'confirmations without a purchase', event_date, confirmations, confirmations - purchases_with_confirmation FROM step_sums
    UNION ALL
    SELECT 'step_skipped', 'purchases without a confirmation', event_date, purchases, purchases - purchases_with_confirmation FROM step_sums
    UNION ALL
    SELECT 'step_reached', 'carts that lead to a checkout', event_date, carts, carts_with_checkout FROM step_sums
    UNION ALL
    SELECT 'step_reached', 'checkouts that lead to a purchase', event_date, checkouts, checkouts_with_purchase FROM step_sums
    UNION ALL
    SELECT 'step_reached', 'carts that lead to a checkout on ' || device_type, event_date, carts, carts_with_checkout FROM device_step_sums
    UNION ALL
    SELECT 'step_reached', 'checkouts that lead to a purchase on ' || device_type, event_date, checkouts, checkouts_with_purchase FROM device_step_sums
),

-- Page views come by the million and carts by the hundred: these are counted, not followed.
view_counts AS (
    SELECT
        event_counts.event_date,
        CAST(SUM(CASE WHEN event_taxonomy.event_kind = 'page_view' THEN event_counts.event_count - event_counts.no_client ELSE 0 END) AS BIGINT) AS view_count,
        CAST(SUM(CASE WHEN event_taxonomy.event_kind = 'cart' THEN event_counts.event_count - event_counts.no_client ELSE 0 END) AS BIGINT) AS cart_count
    FROM event_counts
    JOIN event_taxonomy ON event_taxonomy.raw_event_name = event_counts.event_name
    WHERE event_counts.is_bot = 0
    GROUP BY event_counts.event_date
),

known_notations AS (
    SELECT DISTINCT column_name, notation
    FROM notation_counts
    WHERE event_date <> ''
),

column_days AS (
    SELECT column_name, event_date, CAST(SUM(value_count) AS BIGINT) AS value_count
    FROM notation_counts
    WHERE event_date <> ''
    GROUP BY column_name, event_date
),

notation_days AS (
    SELECT column_name, notation, event_date, CAST(SUM(value_count) AS BIGINT) AS value_count
    FROM notation_counts
    WHERE event_date <> ''
    GROUP BY column_name, notation, event_date
),

client_days AS MATERIALIZED (
    SELECT
        client_steps.first_date,
        client_steps.device_type,
        referrer_kinds.referrer_kind,
        COUNT(*) AS client_count,
        COUNT(CASE WHEN client_steps.event_count = 1 THEN 1 END) AS one_hit_count
    FROM client_steps
    LEFT JOIN referrer_kinds ON referrer_kinds.referrer_key = client_steps.first_referrer_key
    WHERE client_steps.is_bot = 0
    GROUP BY client_steps.first_date, client_steps.device_type, referrer_kinds.referrer_kind
),

-- Days on which a file lacks a column: what is made of it can't be measured there.
unread_days AS (
    SELECT DISTINCT file_days.event_date, column_presence.canonical_name
    FROM file_days
    JOIN column_presence ON column_presence.file_id = file_days.file_id
    WHERE column_presence.is_missing = 1
),

measured AS (
    SELECT
        quality_measures.measure,
        segment_days.segment_kind,
        segment_days.segment,
        segment_days.event_date,
        CASE quality_measures.measure
            WHEN 'odd_client' THEN segment_days.event_count - segment_days.no_client
            WHEN 'no_referrer' THEN segment_days.referrer_known
            WHEN 'opaque_referrer' THEN segment_days.opaque_referrer + segment_days.site_referrer
            WHEN 'with_utm' THEN segment_days.attributable
            WHEN 'conflicting_utm' THEN segment_days.attributable
            WHEN 'paid_click_without_utm' THEN segment_days.paid_click
            WHEN 'crawl' THEN segment_days.day_event_count
            WHEN 'share_of_events' THEN segment_days.day_event_count
            WHEN 'share_lost' THEN segment_days.day_event_count
            ELSE segment_days.event_count
        END AS population,
        CASE quality_measures.measure
            WHEN 'no_client' THEN segment_days.no_client
            WHEN 'odd_client' THEN segment_days.odd_client
            WHEN 'no_page' THEN segment_days.no_page
            WHEN 'no_user_agent' THEN segment_days.no_user_agent
            WHEN 'no_payload' THEN segment_days.no_payload
            WHEN 'no_referrer' THEN segment_days.no_referrer
            WHEN 'opaque_referrer' THEN segment_days.opaque_referrer
            WHEN 'with_utm' THEN segment_days.with_utm
            WHEN 'conflicting_utm' THEN segment_days.conflicting_utm
            WHEN 'paid_click_without_utm' THEN segment_days.paid_click_without_utm
            WHEN 'bot' THEN segment_days.bot
            WHEN 'crawl' THEN segment_days.bot
            WHEN 'share_of_events' THEN segment_days.event_count - CASE WHEN segment_days.segment_kind = 'hour' THEN segment_days.bot ELSE 0 END
            ELSE segment_days.event_count
        END AS hits
    FROM segment_days
    CROSS JOIN quality_measures
    WHERE
        quality_measures.measure NOT IN ('near_duplicate', 'field_missing', 'one_hit_client', 'step_skipped', 'step_reached', 'self_referral', 'notation_share')
        -- A payload belongs to an event; volumes are compared between segments, hours of a day on whole days.
        AND (quality_measures.measure <> 'no_payload' OR segment_days.segment_kind = 'event')
        AND (quality_measures.measure NOT IN ('share_of_events', 'share_lost') OR segment_days.segment_kind <> 'all')
        AND (quality_measures.measure <> 'share_lost' OR segment_days.segment_kind IN ('event', 'host', 'path'))
        -- A crawl is one of bots in an hour; a burst in an hour is one of people.
        AND (quality_measures.measure <> 'crawl' OR segment_days.segment_kind = 'hour')
        AND (quality_measures.measure NOT IN ('share_of_events', 'crawl') OR segment_days.segment_kind <> 'hour' OR segment_days.is_whole = 1)
        AND (quality_measures.measure <> 'bot' OR segment_days.segment_kind NOT IN ('agent', 'hour'))
    UNION ALL
    SELECT
        'field_missing',
        'field',
        known_fields.event_name || ' ' || known_fields.field_path,
        parents.event_date,
        CAST(SUM(CASE WHEN known_fields.parent_path = '' THEN parents.filled_count ELSE parents.field_count END) AS BIGINT),
        CAST(SUM(CASE WHEN known_fields.parent_path = '' THEN parents.filled_count ELSE parents.field_count END - COALESCE(fields.filled_count, 0)) AS BIGINT)
    FROM known_fields
    JOIN parents ON parents.event_name = known_fields.event_name AND parents.field_path = known_fields.parent_path
    LEFT JOIN fields ON
        fields.event_name = known_fields.event_name
        AND fields.field_path = known_fields.field_path
        AND fields.event_date = parents.event_date
    WHERE parents.event_date <> ''
    GROUP BY known_fields.event_name || ' ' || known_fields.field_path, parents.event_date -- two pairs of names may read the same
    UNION ALL
    SELECT
        'near_duplicate',
        'all',
        'all events',
        segment_days.event_date,
        segment_days.event_count - segment_days.no_client,
        COALESCE(near_duplicate_counts.event_count, 0)
    FROM segment_days
    LEFT JOIN near_duplicate_counts ON near_duplicate_counts.event_date = segment_days.event_date
    WHERE segment_days.segment_kind = 'all'
    UNION ALL
    SELECT measure, 'step', step, event_date, population, hits
    FROM steps
    UNION ALL
    SELECT
        'notation_share',
        'notation',
        known_notations.column_name || ': ' || known_notations.notation,
        column_days.event_date,
        column_days.value_count,
        COALESCE(notation_days.value_count, 0)
    FROM known_notations
    JOIN column_days ON column_days.column_name = known_notations.column_name
    LEFT JOIN notation_days ON
        notation_days.column_name = known_notations.column_name
        AND notation_days.notation = known_notations.notation
        AND notation_days.event_date = column_days.event_date
    UNION ALL
    SELECT
        'step_reached',
        'step',
        'page views that lead to a cart',
        event_date,
        view_count,
        CASE WHEN cart_count < view_count THEN cart_count ELSE view_count END
    FROM view_counts
    UNION ALL
    SELECT
        'one_hit_client',
        'device',
        device_type,
        first_date,
        CAST(SUM(client_count) AS BIGINT),
        CAST(SUM(one_hit_count) AS BIGINT)
    FROM client_days
    GROUP BY device_type, first_date
    UNION ALL
    SELECT
        'self_referral',
        'all',
        'new clients',
        first_date,
        CAST(SUM(client_count) AS BIGINT),
        CAST(SUM(CASE WHEN referrer_kind IN ('own page', 'own other') THEN client_count ELSE 0 END) AS BIGINT)
    FROM client_days
    WHERE referrer_kind IS NOT NULL
    GROUP BY first_date
),

totalled AS (
    SELECT
        measured.*,
        CAST(SUM(measured.population) OVER (PARTITION BY measured.measure, measured.segment_kind, measured.segment) AS BIGINT) AS series_population,
        CAST(SUM(measured.hits) OVER (PARTITION BY measured.measure, measured.segment_kind, measured.segment) AS BIGINT) AS series_hits,
        quality_measures.first_level,
        MIN(CAST(measured.hits AS DOUBLE PRECISION) / measured.population) OVER (PARTITION BY measured.measure, measured.segment_kind, measured.segment) AS lowest_rate
    FROM measured
    LEFT JOIN quality_measures ON quality_measures.measure = measured.measure -- LEFT: keeps SQLite from storing what is measured to look it up
    LEFT JOIN unread_days ON
        unread_days.event_date = measured.event_date
        AND ' ' || CASE
            WHEN measured.segment_kind = 'event' THEN quality_measures.columns_read || ' event_name'
            WHEN measured.segment_kind IN ('host', 'path') THEN quality_measures.columns_read || ' page_url'
            ELSE quality_measures.columns_read
        END || ' ' LIKE '% ' || unread_days.canonical_name || ' %'
    WHERE measured.population > 0 AND unread_days.event_date IS NULL
)

SELECT
    measure,
    segment_kind,
    segment,
    ROW_NUMBER() OVER (PARTITION BY measure, segment_kind, segment ORDER BY event_date) AS day_rank,
    event_date,
    population,
    hits,
    -- The rarer of having and not having the property: chance is judged by counts of rare things. A defect that goes on for long
    -- does not make its lack the rare one.
    CASE
        WHEN series_hits * 2 > series_population AND (first_level <> 'lower' OR lowest_rate > CAST(0.5 AS DOUBLE PRECISION)) THEN population - hits
        ELSE hits
    END AS rare
FROM totalled
WHERE (series_hits > 0 OR segment_kind IN ('all', 'field', 'step')) AND (series_population >= :least_series_records OR segment_kind IN ('field', 'step', 'notation'))
