-- title: Channels that the last click misjudges
-- description: A channel is named where the attribution models differ by a share of its largest figure and by at least some orders: one that
--   opens visits which others close, or the reverse. At most two, the largest difference first.
-- section: What to do next
-- kind: insight
-- format: first_click money 0, last_click money 0, touched_orders integer, assisted_orders integer
-- param least_model_difference: 0.3
-- param least_assisted_orders: 5
-- param most_misjudged: 2
WITH differing AS (
    SELECT
        attribution_models.channel,
        attribution_models.first_click,
        attribution_models.last_click,
        assisted_conversions.touched_orders,
        assisted_conversions.assisted_orders,
        ROW_NUMBER() OVER (ORDER BY attribution_models.first_click - attribution_models.last_click DESC, attribution_models.channel) AS difference_number
    FROM attribution_models
    JOIN assisted_conversions ON assisted_conversions.channel = attribution_models.channel
    WHERE attribution_models.first_click > attribution_models.last_click
        AND attribution_models.first_click - attribution_models.last_click >= :least_model_difference * attribution_models.first_click
        AND assisted_conversions.assisted_orders >= :least_assisted_orders
)

SELECT
    'note' AS tone,
    'Don''t judge {channel} by the last click alone: it had a part in {touched_orders} orders and others closed {assisted_orders} of them ({first_click} by first click, {last_click} by last).' AS sentence,
    channel,
    touched_orders,
    assisted_orders,
    first_click,
    last_click
FROM differing
WHERE difference_number <= :most_misjudged
ORDER BY difference_number
