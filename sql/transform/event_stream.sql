-- title: Event stream
-- description: Every kept event, narrow, in the order in which each client made it. session_number is 0 where it is in no session,
--   as its client or its time is not known: it counts as volume and revenue all the same. Stored by session, so that
--   sessions are read off it and never sorted. Read the view events for the text.
-- grain: one row per kept event
-- key: event_id
-- cluster: client_key, session_number, event_number
-- distribute: client_key
WITH numbered AS (
    SELECT
        event_order.*,
        CASE WHEN has_client = 1 AND has_time = 1 THEN CAST(SUM(is_session_start) OVER client_events AS BIGINT) ELSE 0 END AS session_number,
        ROW_NUMBER() OVER client_events AS event_number
    FROM event_order
    WINDOW client_events AS (
        PARTITION BY client_key
        ORDER BY occurred_at_ms, event_id
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
    numbered.is_session_end,
    numbered.has_client,
    numbered.has_time,
    numbered.event_date,
    numbered.hour_of_day,
    numbered.event_name,
    numbered.event_kind,
    CASE
        WHEN numbered.event_kind = 'purchase' THEN 5
        WHEN numbered.event_kind = 'checkout' THEN 4
        WHEN numbered.event_kind = 'cart' THEN 3
        WHEN numbered.event_kind = 'product_view' OR page_details.page_type = 'product' THEN 2
        ELSE 1
    END AS funnel_step, -- 1 visit, 2 product, 3 cart, 4 checkout, 5 purchase
    CASE WHEN page_details.utm_source IS NULL THEN 0 ELSE 1 END AS has_utm_source,
    -- How strong the evidence is for where the visit came from (see page_details); NULL: none.
    CASE
        WHEN page_details.evidence_rank <= referrer_sources.evidence_rank THEN page_details.evidence_rank
        ELSE COALESCE(referrer_sources.evidence_rank, page_details.evidence_rank)
    END AS evidence_rank,
    numbered.page_key,
    numbered.referrer_key,
    numbered.user_agent_key,
    numbered.payload_key,
    numbered.file_id,
    numbered.line_number
FROM numbered
LEFT JOIN page_details ON page_details.page_key = numbered.page_key -- LEFT: keeps the order of the rows
LEFT JOIN referrer_sources ON referrer_sources.referrer_key = numbered.referrer_key
