-- title: Near duplicates
-- description: Events that repeat what the same client did a moment before, by the same name and on the same page (or without a page, both
--   of them), with a time of their own: a tag that fires twice. Exact duplicates are not among them.
-- grain: one row per event that repeats the one before it
-- key: event_id
-- cluster: event_id
-- param near_duplicate_ms: 1000
WITH with_previous AS (
    SELECT
        client_key,
        occurred_at_ms,
        event_id,
        LAG(occurred_at_ms) OVER in_order AS previous_ms,
        LAG(event_id) OVER in_order AS previous_id
    FROM event_order
    WHERE has_client = 1 AND has_time = 1
    WINDOW in_order AS (PARTITION BY client_key ORDER BY occurred_at_ms, event_id)
)

SELECT
    repeats.event_id,
    repeats.event_date,
    repeats.occurred_at_ms - firsts.occurred_at_ms AS gap_ms,
    CASE WHEN repeats.page_key IS NULL THEN 0 ELSE 1 END AS has_page,
    CASE WHEN COALESCE(repeats.payload_key, 0) = COALESCE(firsts.payload_key, 0) THEN 1 ELSE 0 END AS has_same_payload
FROM with_previous
JOIN event_order AS repeats ON
    repeats.client_key = with_previous.client_key
    AND repeats.occurred_at_ms = with_previous.occurred_at_ms
    AND repeats.event_id = with_previous.event_id
JOIN event_order AS firsts ON
    firsts.client_key = with_previous.client_key
    AND firsts.occurred_at_ms = with_previous.previous_ms
    AND firsts.event_id = with_previous.previous_id
WHERE
    with_previous.occurred_at_ms - with_previous.previous_ms <= :near_duplicate_ms
    AND repeats.event_name = firsts.event_name
    AND COALESCE(repeats.page_key, 0) = COALESCE(firsts.page_key, 0)
