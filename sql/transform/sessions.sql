-- title: Sessions
-- description: One row per visit: a client's events with no silence longer than the timeout. A session belongs to the day it
--   starts. Its channel is the last non-empty utm_source inside it, else direct; its device that of its first event.
--   Its channel group is that of the strongest evidence inside it, the latest where several are as strong: a mapping of
--   the shop's own, UTM values, a click id, a referrer from outside; 'Unassigned' where no rule knows its UTM values, and
--   'Direct' where there is no evidence at all. channel_evidence and channel_rule say what decided.
-- grain: one row per client and session_number
-- key: client_key, session_number
-- cluster: client_key, session_number
-- distribute: client_key
-- incremental: client_key
-- effort: 4
-- export: parquet
-- omit: client_key
-- partition: session_date 500000
WITH later_events AS (
    SELECT
        event_stream.client_key,
        event_stream.session_number,
        MAX(event_stream.occurred_at_ms) AS ended_at_ms,
        COUNT(*) AS event_count,
        COUNT(CASE WHEN event_stream.event_kind = 'page_view' THEN 1 END) AS page_view_count,
        COUNT(CASE WHEN event_stream.funnel_step = 2 THEN 1 END) AS product_view_count,
        COUNT(CASE WHEN event_stream.funnel_step = 3 THEN 1 END) AS cart_count,
        COUNT(CASE WHEN event_stream.funnel_step = 4 THEN 1 END) AS checkout_count,
        COUNT(CASE WHEN event_stream.funnel_step = 5 THEN 1 END) AS purchase_count,
        MAX(event_stream.funnel_step) AS furthest_step,
        MAX(event_stream.event_number) AS last_number,
        MAX(CASE WHEN event_stream.has_utm_source = 1 THEN event_stream.event_number END) AS touch_number,
        -- The smallest rank, of a page or of a referrer, and, of those, the largest number, in one integer.
        MIN(event_stream.evidence_rank * 1000000000000 + 999999999999 - event_stream.event_number) AS strongest_evidence
    FROM event_stream
    WHERE event_stream.session_number > 0 AND event_stream.is_session_start = 0
    GROUP BY event_stream.client_key, event_stream.session_number
),

-- Most visits are one event, to which there is nothing to add.
totals AS (
    SELECT
        firsts.client_key,
        firsts.session_number,
        firsts.occurred_at_ms AS started_at_ms,
        COALESCE(later_events.ended_at_ms, firsts.occurred_at_ms) AS ended_at_ms,
        1 + COALESCE(later_events.event_count, 0) AS event_count,
        CASE WHEN firsts.event_kind = 'page_view' THEN 1 ELSE 0 END + COALESCE(later_events.page_view_count, 0) AS page_view_count,
        CASE WHEN firsts.funnel_step = 2 THEN 1 ELSE 0 END + COALESCE(later_events.product_view_count, 0) AS product_view_count,
        CASE WHEN firsts.funnel_step = 3 THEN 1 ELSE 0 END + COALESCE(later_events.cart_count, 0) AS cart_count,
        CASE WHEN firsts.funnel_step = 4 THEN 1 ELSE 0 END + COALESCE(later_events.checkout_count, 0) AS checkout_count,
        CASE WHEN firsts.funnel_step = 5 THEN 1 ELSE 0 END + COALESCE(later_events.purchase_count, 0) AS purchase_count,
        CASE WHEN later_events.furthest_step > firsts.funnel_step THEN later_events.furthest_step ELSE firsts.funnel_step END AS furthest_step,
        firsts.event_date AS session_date,
        firsts.place_key AS landing_key,
        firsts.referrer_key AS landing_referrer_key,
        firsts.user_agent_key,
        firsts.has_utm_source,
        firsts.evidence_rank AS first_rank,
        later_events.last_number,
        later_events.touch_number,
        CAST((later_events.strongest_evidence - later_events.strongest_evidence % 1000000000000) / 1000000000000 AS BIGINT) AS later_rank,
        999999999999 - later_events.strongest_evidence % 1000000000000 AS later_evidence_number
    FROM event_stream AS firsts
    LEFT JOIN later_events ON
        later_events.client_key = firsts.client_key
        AND later_events.session_number = firsts.session_number
    WHERE firsts.is_session_start = 1
),

ranked AS (
    SELECT
        totals.*,
        CASE WHEN later_rank <= first_rank THEN later_rank ELSE COALESCE(first_rank, later_rank) END AS evidence_rank,
        CASE WHEN later_rank <= first_rank OR first_rank IS NULL THEN later_evidence_number END AS evidence_number
    FROM totals
),

-- Looked up by keys that are NULL where there is nothing to look up, as for most visits: the first event is at hand.
with_events AS (
    SELECT
        ranked.*,
        CASE WHEN ranked.last_number IS NULL THEN ranked.landing_key ELSE exits.place_key END AS exit_key,
        CASE
            WHEN ranked.touch_number IS NOT NULL THEN touches.place_key
            WHEN ranked.has_utm_source = 1 THEN ranked.landing_key
        END AS touch_key,
        CASE
            WHEN ranked.evidence_number IS NOT NULL THEN evidence.place_key
            WHEN ranked.evidence_rank IS NOT NULL THEN ranked.landing_key
        END AS evidence_key,
        CASE
            WHEN ranked.evidence_rank NOT IN (0, 3) THEN NULL
            WHEN ranked.evidence_number IS NOT NULL THEN evidence.referrer_key
            WHEN ranked.evidence_rank IS NOT NULL THEN ranked.landing_referrer_key
        END AS evidence_referrer_key
    FROM ranked
    LEFT JOIN event_stream AS exits ON
        exits.client_key = ranked.client_key
        AND exits.session_number = ranked.session_number
        AND exits.event_number = ranked.last_number
    LEFT JOIN event_stream AS touches ON
        touches.client_key = ranked.client_key
        AND touches.session_number = ranked.session_number
        AND touches.event_number = ranked.touch_number
    LEFT JOIN event_stream AS evidence ON
        evidence.client_key = ranked.client_key
        AND evidence.session_number = ranked.session_number
        AND evidence.event_number = ranked.evidence_number
),

revenues AS (
    SELECT client_key, session_number, CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents
    FROM orders
    WHERE session_number IS NOT NULL
    GROUP BY client_key, session_number
)

SELECT
    with_events.client_key,
    with_events.session_number,
    clients.client_id,
    with_events.session_date,
    with_events.started_at_ms,
    with_events.ended_at_ms,
    with_events.ended_at_ms - with_events.started_at_ms AS duration_milliseconds,
    with_events.event_count,
    with_events.page_view_count,
    with_events.product_view_count,
    with_events.cart_count,
    with_events.checkout_count,
    with_events.purchase_count,
    with_events.furthest_step,
    COALESCE(revenues.revenue_cents, 0) AS revenue_cents,
    CASE WHEN with_events.event_count = 1 THEN 1 ELSE 0 END AS is_bounce,
    CASE WHEN with_events.session_number = 1 THEN 1 ELSE 0 END AS is_new_user,
    landings.host AS landing_host,
    landings.path AS landing_path,
    landings.page_type AS landing_page_type,
    CASE WHEN with_events.exit_key = with_events.landing_key THEN landings.path ELSE exit_pages.path END AS exit_path,
    landing_referrers.referrer_host,
    landing_referrers.referrer_kind,
    COALESCE(touched_pages.utm_source, 'direct') AS channel,
    CASE
        WHEN with_events.evidence_rank IS NULL THEN 'Direct'
        WHEN evident_pages.evidence_rank = with_events.evidence_rank THEN evident_pages.channel_group
        ELSE evident_referrers.channel_group
    END AS channel_group,
    CASE
        WHEN with_events.evidence_rank IS NULL THEN 'no evidence'
        WHEN evident_pages.evidence_rank = with_events.evidence_rank THEN evident_pages.channel_evidence
        ELSE evident_referrers.referrer_host
    END AS channel_evidence,
    CASE
        WHEN with_events.evidence_rank IS NULL THEN 'direct'
        WHEN evident_pages.evidence_rank = with_events.evidence_rank THEN evident_pages.channel_rule
        ELSE evident_referrers.channel_rule
    END AS channel_rule,
    COALESCE(evident_pages.source, CASE WHEN with_events.evidence_rank IS NOT NULL THEN evident_referrers.source END, '(direct)') AS source,
    COALESCE(evident_pages.medium, CASE WHEN with_events.evidence_rank IS NOT NULL THEN evident_referrers.medium END, '(none)') AS medium,
    evident_pages.utm_campaign AS campaign,
    COALESCE(devices.device_type, 'unknown') AS device_type,
    COALESCE(devices.operating_system, 'unknown') AS operating_system,
    COALESCE(devices.browser, 'unknown') AS browser,
    COALESCE(devices.is_bot, 0) AS is_bot
FROM with_events
JOIN clients ON clients.client_key = with_events.client_key
LEFT JOIN revenues ON
    revenues.client_key = with_events.client_key
    AND revenues.session_number = with_events.session_number
LEFT JOIN page_details AS landings ON landings.place_key = with_events.landing_key
LEFT JOIN page_details AS exit_pages ON exit_pages.place_key = NULLIF(with_events.exit_key, with_events.landing_key)
LEFT JOIN page_details AS touched_pages ON touched_pages.place_key = with_events.touch_key
LEFT JOIN page_details AS evident_pages ON evident_pages.place_key = with_events.evidence_key
LEFT JOIN referrer_sources AS landing_referrers ON landing_referrers.referrer_key = with_events.landing_referrer_key
LEFT JOIN referrer_sources AS evident_referrers ON evident_referrers.referrer_key = with_events.evidence_referrer_key
LEFT JOIN devices ON devices.user_agent_key = with_events.user_agent_key
