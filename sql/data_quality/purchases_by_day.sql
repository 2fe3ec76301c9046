-- title: Days without a purchase
-- description: A whole day without a purchase in a shop that sells every day.
-- severity: warn
-- needs: whole days
-- defect: vanished_purchases
-- follows: missing_required_columns
-- message: There is no purchase on {subject}; {expected} is the middle of the days.
-- cause: The purchase tag failed, or the checkout did.
-- remedy: Compare with the shop system's orders of the day.
-- param least_daily_purchases: 5
WITH counted AS (
    SELECT quality_days.event_date, quality_days.event_count, COUNT(purchase_records.event_id) AS purchase_count
    FROM quality_days
    LEFT JOIN purchase_records ON purchase_records.event_date = quality_days.event_date
    WHERE quality_days.is_whole = 1
    GROUP BY quality_days.event_date, quality_days.event_count
),

ranked AS (
    SELECT counted.*, ROW_NUMBER() OVER (ORDER BY purchase_count, event_date) AS count_rank, COUNT(*) OVER () AS day_count
    FROM counted
),

middle AS (
    SELECT purchase_count FROM ranked WHERE count_rank * 2 - day_count IN (0, 1)
),

totals AS (
    SELECT CAST(SUM(purchase_count) AS BIGINT) AS purchase_count, CAST(SUM(event_count) AS BIGINT) AS event_count FROM counted
)

SELECT
    counted.event_date AS subject,
    counted.event_count AS population,
    counted.purchase_count AS observed,
    middle.purchase_count AS expected,
    CASE
        -- As many as its events would bring by the others' rate: a day of a few stray records has none.
        WHEN counted.purchase_count = 0 AND middle.purchase_count >= :least_daily_purchases * baseline.widening AND counted.event_count * totals.purchase_count >= :least_daily_purchases * baseline.widening * totals.event_count THEN 0
        ELSE 1
    END AS passed,
    counted.event_date AS since,
    counted.event_date AS until,
    baseline.note
FROM counted
CROSS JOIN middle
CROSS JOIN totals
CROSS JOIN baseline
ORDER BY counted.event_date
