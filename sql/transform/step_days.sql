-- title: Clients' steps by day
-- description: Each client on each day on which it came to a cart, a checkout, a purchase or the page that confirms one: on which device, and
--   which of these steps there were. The confirming page is the one on which nearly all purchases happen (its name, such as thank-you).
-- grain: one row per client and day with a step
-- key: client_key, event_date
-- param least_leaf_share: 0.8
WITH purchase_pages AS (
    SELECT places.page_name, COUNT(*) AS purchase_count
    FROM purchase_records
    JOIN raw_events ON raw_events.event_id = purchase_records.event_id
    JOIN places ON places.place_key = raw_events.place_key
    WHERE places.page_name IS NOT NULL
    GROUP BY places.page_name
),

ranked AS (
    SELECT
        page_name,
        purchase_count,
        ROW_NUMBER() OVER (ORDER BY purchase_count DESC, page_name) AS name_rank,
        CAST(SUM(purchase_count) OVER () AS BIGINT) AS all_count
    FROM purchase_pages
),

confirming_pages AS (
    SELECT places.place_key, places.page_name
    FROM places
    JOIN ranked ON ranked.page_name = places.page_name
    WHERE ranked.name_rank = 1 AND ranked.purchase_count >= :least_leaf_share * ranked.all_count
),

steps AS (
    SELECT
        event_order.client_key,
        event_order.event_date,
        event_order.event_kind,
        devices.device_type,
        confirming_pages.page_name
    FROM event_order
    LEFT JOIN confirming_pages ON confirming_pages.place_key = event_order.place_key
    LEFT JOIN devices ON devices.user_agent_key = event_order.user_agent_key
    WHERE
        event_order.has_client = 1
        AND COALESCE(devices.is_bot, 0) = 0
        AND (event_order.event_kind IN ('cart', 'checkout', 'purchase') OR (event_order.event_kind = 'page_view' AND confirming_pages.place_key IS NOT NULL))
)

SELECT
    client_key,
    event_date,
    COALESCE(MAX(device_type), 'other') AS device_type,
    MAX(CASE WHEN event_kind = 'cart' THEN 1 ELSE 0 END) AS has_cart,
    MAX(CASE WHEN event_kind = 'checkout' THEN 1 ELSE 0 END) AS has_checkout,
    MAX(CASE WHEN event_kind = 'purchase' THEN 1 ELSE 0 END) AS has_purchase,
    MAX(CASE WHEN event_kind = 'page_view' THEN 1 ELSE 0 END) AS has_confirmation,
    MAX(CASE WHEN event_kind = 'page_view' THEN page_name END) AS confirming_page
FROM steps
GROUP BY client_key, event_date
