-- title: Funnel of each session, in order
-- description: How far a session got in the order that shops hope for: a product page, then a cart, then a checkout, then a purchase,
--   each after the one before. Where the export knows no product page, the cart is the first step. Sessions that did
--   none of it are not here. How far it got in any order is sessions.furthest_step.
-- grain: one row per session with a product page, cart, checkout or purchase
-- key: client_key, session_number
-- cluster: client_key, session_number
-- distribute: client_key
-- incremental: client_key
WITH steps AS (
    SELECT
        event_stream.client_key,
        event_stream.session_number,
        event_stream.event_number,
        event_stream.funnel_step,
        CASE
            WHEN product_pages.are_known = 0 THEN 1
            ELSE MAX(CASE WHEN event_stream.funnel_step = 2 THEN 1 ELSE 0 END) OVER (
                PARTITION BY event_stream.client_key, event_stream.session_number
                ORDER BY event_stream.event_number
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            )
        END AS has_product
    FROM sessions
    CROSS JOIN event_stream -- so that SQLite looks up the events of a few sessions
    CROSS JOIN product_pages
    WHERE sessions.furthest_step >= 3
        AND event_stream.client_key = sessions.client_key
        AND event_stream.session_number = sessions.session_number
        AND event_stream.funnel_step >= 2
),

carts AS (
    SELECT
        steps.*,
        MAX(CASE WHEN funnel_step = 3 AND has_product = 1 THEN 1 ELSE 0 END) OVER (
            PARTITION BY client_key, session_number
            ORDER BY event_number
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS has_cart
    FROM steps
),

checkouts AS (
    SELECT
        carts.*,
        MAX(CASE WHEN funnel_step = 4 AND has_cart = 1 THEN 1 ELSE 0 END) OVER (
            PARTITION BY client_key, session_number
            ORDER BY event_number
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS has_checkout
    FROM carts
)

SELECT
    client_key,
    session_number,
    MAX(CASE WHEN funnel_step = 2 THEN 1 ELSE 0 END) AS saw_product,
    MAX(has_cart) AS reached_cart,
    MAX(has_checkout) AS reached_checkout,
    MAX(CASE WHEN funnel_step = 5 AND has_checkout = 1 THEN 1 ELSE 0 END) AS reached_purchase
FROM checkouts
GROUP BY client_key, session_number
UNION ALL
-- Most saw a product page and no more.
SELECT client_key, session_number, 1, 0, 0, 0
FROM sessions
WHERE furthest_step = 2
