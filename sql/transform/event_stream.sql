-- title: Event stream
-- description: Every kept event, narrow, in the order in which each client made it. session_number is 0 where it is in no session,
--   as its client or its time is not known: it counts as volume and revenue all the same. Stored by session, so that
--   sessions are read off it and never sorted. Read the view events for the text.
-- grain: one row per kept event
-- key: client_key, session_number, event_number
-- cluster: client_key, session_number, event_number
-- distribute: client_key
-- incremental: client_key
-- effort: 4
WITH numbered AS (
    SELECT
        event_order.client_key,
        event_order.occurred_at_ms,
        event_order.event_id,
        CASE WHEN visit_starts.event_id IS NULL THEN 0 ELSE 1 END AS is_session_start,
        CASE WHEN event_order.has_client = 1 AND event_order.has_time = 1 THEN COUNT(visit_starts.event_id) OVER client_events ELSE 0 END AS session_number,
        ROW_NUMBER() OVER client_events AS event_number
    FROM event_order
    LEFT JOIN visit_starts ON
        visit_starts.client_key = event_order.client_key
        AND visit_starts.occurred_at_ms = event_order.occurred_at_ms
        AND visit_starts.event_id = event_order.event_id
    WINDOW client_events AS (
        PARTITION BY event_order.client_key
        ORDER BY event_order.occurred_at_ms, event_order.event_id
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    )
)

SELECT
    numbered.client_key,
    numbered.session_number,
    numbered.event_number,
    numbered.event_id,
    numbered.occurred_at_ms,
    numbered.is_session_start,
    event_order.has_client,
    event_order.has_time,
    event_order.event_date,
    event_order.hour_of_day,
    event_order.event_name,
    event_order.event_kind,
    CASE
        WHEN event_order.event_kind = 'purchase' THEN 5
        WHEN event_order.event_kind = 'checkout' THEN 4
        WHEN event_order.event_kind = 'cart' THEN 3
        WHEN event_order.event_kind = 'product_view' OR page_steps.is_product = 1 THEN 2
        ELSE 1
    END AS funnel_step, -- 1 visit, 2 product, 3 cart, 4 checkout, 5 purchase
    COALESCE(page_steps.has_utm_source, 0) AS has_utm_source,
    CASE
        WHEN page_steps.evidence_rank <= referrer_sources.evidence_rank THEN page_steps.evidence_rank
        ELSE COALESCE(referrer_sources.evidence_rank, page_steps.evidence_rank)
    END AS evidence_rank, -- of the stronger of page and referrer; see page_details
    event_order.page_key,
    event_order.place_key,
    event_order.referrer_key,
    event_order.user_agent_key,
    event_order.payload_key,
    event_order.file_id,
    event_order.line_number
FROM numbered
LEFT JOIN event_order ON -- all joins are LEFT: they keep the order of the rows
    event_order.client_key = numbered.client_key
    AND event_order.occurred_at_ms = numbered.occurred_at_ms
    AND event_order.event_id = numbered.event_id
LEFT JOIN page_steps ON page_steps.place_key = event_order.place_key
LEFT JOIN referrer_sources ON referrer_sources.referrer_key = event_order.referrer_key
