-- title: Near duplicates
-- description: Events that repeat the same client's event on the same page within a second, with a time of their own: a tag that
--   fires twice. Exact duplicates are not among them.
-- grain: one row per event that repeats an earlier one
-- key: event_id
-- param near_duplicate_ms: 1000
WITH with_previous AS (
    SELECT
        event_id,
        event_date,
        client_key,
        occurred_at_ms,
        event_name,
        page_key,
        LAG(client_key) OVER in_order AS previous_client_key,
        LAG(occurred_at_ms) OVER in_order AS previous_ms,
        LAG(event_name) OVER in_order AS previous_name,
        LAG(page_key) OVER in_order AS previous_page_key
    FROM event_order
    WHERE has_client = 1 AND is_session_start + is_session_end < 2 -- an only event of a session follows none within a second
    WINDOW in_order AS (ORDER BY client_key, occurred_at_ms, event_id)
)

SELECT event_id, event_date, occurred_at_ms - previous_ms AS gap_ms
FROM with_previous
WHERE
    client_key = previous_client_key
    AND event_name = previous_name
    AND page_key = previous_page_key
    AND occurred_at_ms - previous_ms <= :near_duplicate_ms
