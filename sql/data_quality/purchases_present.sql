-- title: Purchases at all
-- description: An export without a single purchase can't say what earns the revenue: the tag is missing, or the event has another name.
-- severity: critical
-- defect: vanished_purchases:all
-- message: None of the {population} {population:record|records} is a purchase.
-- cause: The purchase event is not exported, or has a name that nobody taught (see "Event names that nobody taught").
-- remedy: Export the purchase event, or add its name to sql/reference/event_taxonomy.sql.
WITH records AS (
    SELECT COALESCE(CAST(SUM(loaded_count) AS BIGINT), 0) AS record_count FROM input_files
),

purchases AS (
    SELECT COUNT(*) AS purchase_count FROM purchase_records
)

SELECT
    'all files' AS subject,
    records.record_count AS population,
    purchases.purchase_count AS observed,
    1 AS expected,
    CASE WHEN purchases.purchase_count > 0 THEN 1 ELSE 0 END AS passed
FROM records
CROSS JOIN purchases
