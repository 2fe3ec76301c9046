-- title: Path of each order
-- description: The channels that led to each order, in order, with repeats in a row told once, and how long it took. Of a long path the
--   last steps are shown.
-- grain: one row per dimension and order with a touch
-- key: dimension, order_key
-- cluster: dimension, order_key
-- distribute: client_key
-- param max_path_steps: 8
WITH with_previous AS (
    SELECT
        order_touches.*,
        LAG(channel) OVER (PARTITION BY dimension, order_key ORDER BY touch_number) AS previous_channel
    FROM order_touches
),

steps AS (
    SELECT
        with_previous.*,
        ROW_NUMBER() OVER (PARTITION BY dimension, order_key ORDER BY touch_number DESC) AS step_from_last,
        COUNT(*) OVER (PARTITION BY dimension, order_key) AS step_count
    FROM with_previous
    WHERE previous_channel IS NULL OR previous_channel <> channel
),

texts AS (
    SELECT
        dimension,
        order_key,
        CASE WHEN MAX(step_count) > :max_path_steps THEN '… > ' ELSE '' END || STRING_AGG(channel, ' > ' ORDER BY touch_number) AS path,
        MAX(step_count) AS step_count
    FROM steps
    WHERE step_from_last <= :max_path_steps
    GROUP BY dimension, order_key
)

SELECT
    texts.dimension,
    orders.client_key,
    orders.order_key,
    orders.event_date,
    orders.revenue_cents,
    texts.path,
    texts.step_count,
    first_touches.touch_count,
    first_touches.age_milliseconds AS path_milliseconds
FROM texts
JOIN order_touches AS first_touches ON
    first_touches.dimension = texts.dimension
    AND first_touches.order_key = texts.order_key
    AND first_touches.touch_number = 1
CROSS JOIN orders -- so that SQLite looks the order up last
WHERE orders.order_key = texts.order_key
