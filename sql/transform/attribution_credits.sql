-- title: Credits
-- description: The credit of each channel for each order under each model, and its share of the revenue, for both ways to name
--   channels. The credits of an order sum to 1 and its revenue to the order's, to the cent: whole cents first, then one
--   more to the largest remainders. Weights are whole numbers, millionths where they are fractions, so that every
--   engine adds up the same. An order without a touch is 'direct', or 'Unassigned' where not even its visit is known.
--   credit_millionths is the credit in whole
--   numbers, for adding up. Read attribution (channels by utm_source) or attribution_by_group.
-- grain: one row per dimension, order, model and channel
-- key: dimension, order_key, model, channel
-- distribute: client_key
-- effort: 3
-- param half_life_days: 7.0
WITH touches AS (
    SELECT
        order_touches.*,
        MAX(CASE WHEN LOWER(channel) NOT IN ('direct', '(direct)') THEN touch_number END) OVER (
            PARTITION BY dimension, order_key
        ) AS last_non_direct_number
    FROM order_touches
),

weighted_touches AS (
    SELECT
        dimension,
        order_key,
        channel,
        CASE WHEN touch_number = 1 THEN 1 ELSE 0 END AS first_click,
        CASE WHEN touch_number = touch_count THEN 1 ELSE 0 END AS last_click,
        CASE WHEN touch_number = COALESCE(last_non_direct_number, touch_count) THEN 1 ELSE 0 END AS last_non_direct_click,
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
    FROM touches
),

channel_weights AS (
    SELECT
        dimension,
        order_key,
        channel,
        CAST(SUM(first_click) AS BIGINT) AS first_click,
        CAST(SUM(last_click) AS BIGINT) AS last_click,
        CAST(SUM(last_non_direct_click) AS BIGINT) AS last_non_direct_click,
        COUNT(*) AS linear,
        CAST(SUM(position_based) AS BIGINT) AS position_based,
        CAST(SUM(time_decay) AS BIGINT) AS time_decay
    FROM weighted_touches
    GROUP BY dimension, order_key, channel
),

-- A channel's removal effect is the whole channel's, so how often it stands in the path does not count.
with_effects AS (
    SELECT
        channel_weights.*,
        COALESCE(removal_effects.removal_effect_millionths, others.removal_effect_millionths, 0) AS markov
    FROM channel_weights
    LEFT JOIN removal_effects ON
        removal_effects.dimension = channel_weights.dimension
        AND removal_effects.channel = channel_weights.channel
    LEFT JOIN removal_effects AS others ON
        others.dimension = channel_weights.dimension
        AND others.channel = '(other)'
),

models (model) AS (
    VALUES ('first_click'), ('last_click'), ('last_non_direct_click'), ('linear'), ('position_based'), ('time_decay'), ('markov')
),

weights AS (
    SELECT
        with_effects.dimension,
        with_effects.order_key,
        models.model,
        with_effects.channel,
        CASE models.model
            WHEN 'first_click' THEN first_click
            WHEN 'last_click' THEN last_click
            WHEN 'last_non_direct_click' THEN last_non_direct_click
            WHEN 'linear' THEN linear
            WHEN 'position_based' THEN position_based
            WHEN 'time_decay' THEN time_decay
            WHEN 'markov' THEN markov
        END AS weight,
        linear
    FROM with_effects
    CROSS JOIN models
),

-- Where no channel of the path has an effect, or all touches are too old for a millionth, each touch counts the same.
balanced AS (
    SELECT
        dimension,
        order_key,
        model,
        channel,
        CASE WHEN SUM(weight) OVER (PARTITION BY dimension, order_key, model) = 0 THEN linear ELSE weight END AS weight
    FROM weights
),

untouched (dimension, channel) AS (
    VALUES ('utm_source', 'direct'), ('channel_group', 'Unassigned')
),

with_direct AS (
    SELECT dimension, order_key, model, channel, weight
    FROM balanced
    WHERE weight > 0
    UNION ALL
    SELECT untouched.dimension, orders.order_key, models.model, untouched.channel, 1
    FROM orders
    CROSS JOIN untouched
    CROSS JOIN models
    LEFT JOIN order_touches ON
        order_touches.dimension = untouched.dimension
        AND order_touches.order_key = orders.order_key
        AND order_touches.touch_number = 1
    WHERE order_touches.order_key IS NULL
),

shares AS (
    SELECT
        orders.client_key,
        orders.order_key,
        orders.order_id,
        orders.event_date,
        with_direct.dimension,
        with_direct.model,
        with_direct.channel,
        with_direct.weight,
        CAST(SUM(with_direct.weight) OVER (
            PARTITION BY with_direct.dimension, with_direct.order_key, with_direct.model
        ) AS BIGINT) AS weight_total,
        ABS(orders.revenue_cents) AS order_cents,
        CASE WHEN orders.revenue_cents < 0 THEN -1 ELSE 1 END AS order_sign
    FROM with_direct
    JOIN orders ON orders.order_key = with_direct.order_key
),

-- What is left of the cents once each weight has its whole multiples: small enough to be multiplied, however large the order.
rests AS (
    SELECT
        shares.*,
        order_cents % weight_total AS rest_cents,
        CAST((order_cents - order_cents % weight_total) / weight_total AS BIGINT) * weight AS multiple_cents
    FROM shares
),

whole_cents AS (
    SELECT
        rests.*,
        (rest_cents * weight) % weight_total AS remainder,
        multiple_cents + CAST((rest_cents * weight - (rest_cents * weight) % weight_total) / weight_total AS BIGINT) AS floor_cents,
        (1000000 * weight) % weight_total AS credit_remainder,
        CAST((1000000 * weight - (1000000 * weight) % weight_total) / weight_total AS BIGINT) AS floor_millionths
    FROM rests
),

ranked AS (
    SELECT
        whole_cents.*,
        ROW_NUMBER() OVER (PARTITION BY dimension, order_key, model ORDER BY remainder DESC, channel) AS remainder_rank,
        order_cents - CAST(SUM(floor_cents) OVER (PARTITION BY dimension, order_key, model) AS BIGINT) AS cents_left,
        ROW_NUMBER() OVER (PARTITION BY dimension, order_key, model ORDER BY credit_remainder DESC, channel) AS credit_rank,
        1000000 - CAST(SUM(floor_millionths) OVER (PARTITION BY dimension, order_key, model) AS BIGINT) AS millionths_left
    FROM whole_cents
)

SELECT
    dimension,
    client_key,
    order_key,
    order_id,
    model,
    channel,
    event_date,
    CAST(weight AS DOUBLE PRECISION) / weight_total AS credit,
    floor_millionths + CASE WHEN credit_rank <= millionths_left THEN 1 ELSE 0 END AS credit_millionths,
    order_sign * (floor_cents + CASE WHEN remainder_rank <= cents_left THEN 1 ELSE 0 END) AS revenue_cents
FROM ranked
