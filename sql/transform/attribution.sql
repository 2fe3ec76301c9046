-- title: Attribution
-- description: The credit of each channel for each order under each model, and its share of the revenue. The credits of an order sum to
--   1 and its revenue to the order's, to the cent: whole cents first, then one more to the largest remainders. An order
--   without a touch is 'direct' under every model. Weights are whole millionths, so that every engine adds up the same.
-- grain: one row per order, model and channel
-- key: order_key, model, channel
-- distribute: client_key
-- export: parquet
-- param half_life_days: 7.0
WITH touch_weights AS (
    SELECT
        order_key,
        channel,
        CASE WHEN touch_number = 1 THEN 1 ELSE 0 END AS first_click,
        CASE WHEN touch_number = touch_count THEN 1 ELSE 0 END AS last_click,
        -- 40/20/40: the ends get 0.4 each, what lies between shares 0.2; two touches share evenly (Snowplow's reading).
        CASE
            WHEN touch_count <= 2 THEN 1
            WHEN touch_number = 1 OR touch_number = touch_count THEN 2 * (touch_count - 2)
            ELSE 1
        END AS position_based,
        -- Halves with every half-life of age (Google's former model).
        CAST(FLOOR(0.5 + 1000000 * POWER(
            CAST(2 AS DOUBLE PRECISION),
            -(CAST(age_milliseconds AS DOUBLE PRECISION) / 86400000) / :half_life_days
        )) AS BIGINT) AS time_decay
    FROM order_touches
),

weights AS (
    SELECT order_key, 'first_click' AS model, channel, CAST(SUM(first_click) AS BIGINT) AS weight
    FROM touch_weights
    GROUP BY order_key, channel
    HAVING SUM(first_click) > 0
    UNION ALL
    SELECT order_key, 'last_click', channel, CAST(SUM(last_click) AS BIGINT)
    FROM touch_weights
    GROUP BY order_key, channel
    HAVING SUM(last_click) > 0
    UNION ALL
    SELECT order_key, 'linear', channel, COUNT(*)
    FROM touch_weights
    GROUP BY order_key, channel
    UNION ALL
    SELECT order_key, 'position_based', channel, CAST(SUM(position_based) AS BIGINT)
    FROM touch_weights
    GROUP BY order_key, channel
    UNION ALL
    SELECT order_key, 'time_decay', channel, CAST(SUM(time_decay) AS BIGINT)
    FROM touch_weights
    GROUP BY order_key, channel
),

models (model) AS (
    VALUES ('first_click'), ('last_click'), ('linear'), ('position_based'), ('time_decay')
),

with_direct AS (
    SELECT order_key, model, channel, weight
    FROM weights
    UNION ALL
    SELECT orders.order_key, models.model, 'direct', 1
    FROM orders
    CROSS JOIN models
    LEFT JOIN order_touches ON
        order_touches.order_key = orders.order_key
        AND order_touches.touch_number = 1
    WHERE order_touches.order_key IS NULL
),

shares AS (
    SELECT
        orders.client_key,
        orders.order_key,
        orders.event_date,
        with_direct.model,
        with_direct.channel,
        with_direct.weight,
        CAST(SUM(with_direct.weight) OVER (PARTITION BY with_direct.order_key, with_direct.model) AS BIGINT) AS weight_total,
        ABS(orders.revenue_cents) AS order_cents,
        CASE WHEN orders.revenue_cents < 0 THEN -1 ELSE 1 END AS order_sign
    FROM with_direct
    JOIN orders ON orders.order_key = with_direct.order_key
),

whole_cents AS (
    SELECT
        shares.*,
        (order_cents * weight) % weight_total AS remainder,
        CAST((order_cents * weight - (order_cents * weight) % weight_total) / weight_total AS BIGINT) AS floor_cents
    FROM shares
),

ranked AS (
    SELECT
        whole_cents.*,
        ROW_NUMBER() OVER (PARTITION BY order_key, model ORDER BY remainder DESC, channel) AS remainder_rank,
        order_cents - CAST(SUM(floor_cents) OVER (PARTITION BY order_key, model) AS BIGINT) AS cents_left
    FROM whole_cents
)

SELECT
    client_key,
    order_key,
    model,
    channel,
    event_date,
    CAST(weight AS DOUBLE PRECISION) / weight_total AS credit,
    order_sign * (floor_cents + CASE WHEN remainder_rank <= cents_left THEN 1 ELSE 0 END) AS revenue_cents
FROM ranked
