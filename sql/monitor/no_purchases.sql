-- title: Purchases arrive
-- description: A complete day without a purchase. It is critical whatever the statistics, unless days without one are usual: where the
--   days before sold fewer than three a day, one day in twenty is empty by chance alone.
-- severity: critical
-- tier: health
-- message: No purchase on {event_date}, where {usual} a day are usual. Look at the checkout and at the purchase event.
-- format: usual decimal 1
-- param least_usual_purchases: 3
WITH complete_days AS (
    SELECT
        days.event_date,
        days.event_count,
        days.purchase_count,
        known_days.is_muted,
        known_days.known_event,
        COUNT(CASE WHEN known_days.metric IS NULL THEN 1 END) OVER earlier AS day_count,
        CAST(COALESCE(SUM(CASE WHEN known_days.metric IS NULL THEN days.purchase_count END) OVER earlier, 0) AS BIGINT) AS earlier_count
    FROM days
    LEFT JOIN known_days ON
        known_days.metric = 'orders'
        AND known_days.event_date = days.event_date
    WHERE days.is_complete = 1
    WINDOW earlier AS (ORDER BY days.day_number ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)

SELECT
    event_date,
    'purchases' AS subject,
    event_count AS population,
    purchase_count AS observed,
    1 AS expected,
    CASE
        WHEN purchase_count > 0 THEN 1
        WHEN is_muted = 1 THEN NULL
        WHEN earlier_count < :least_usual_purchases * day_count THEN 1
        ELSE 0
    END AS passed,
    CASE WHEN is_muted = 1 THEN 'muted' END AS unjudged,
    known_event,
    CASE WHEN day_count > 0 THEN CAST(earlier_count AS DOUBLE PRECISION) / day_count END AS usual
FROM complete_days
ORDER BY event_date
