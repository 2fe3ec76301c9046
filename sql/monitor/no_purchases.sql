-- title: Purchases arrive
-- description: A complete day without a purchase. It is critical whatever the statistics, unless days without one are usual: where the
--   days before sold fewer than three a day, one day in twenty is empty by chance alone.
-- severity: critical
-- tier: health
-- message: No purchase on {subject}, where {usual} a day are usual. Look at the checkout and at the purchase event.
-- format: usual decimal 1
-- param least_usual_purchases: 3
WITH earlier AS (
    SELECT
        COUNT(*) AS day_count,
        CAST(COALESCE(SUM(days.purchase_count), 0) AS BIGINT) AS purchase_count
    FROM days
    JOIN monitored_day ON days.day_number < monitored_day.day_number
    WHERE days.is_complete = 1
)

SELECT
    days.event_date AS subject,
    days.event_count AS population,
    days.purchase_count AS observed,
    1 AS expected,
    CASE
        WHEN days.purchase_count > 0 THEN 1
        WHEN earlier.purchase_count < :least_usual_purchases * earlier.day_count THEN 1
        ELSE 0
    END AS passed,
    CASE WHEN earlier.day_count > 0 THEN CAST(earlier.purchase_count AS DOUBLE PRECISION) / earlier.day_count END AS usual
FROM days
JOIN monitored_day ON monitored_day.event_date = days.event_date
CROSS JOIN earlier
ORDER BY days.event_date
