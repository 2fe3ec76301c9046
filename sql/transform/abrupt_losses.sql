-- title: Payload fields that were there and are gone
-- description: With few days the bounds of rate_walk are so wide that a day of few orders can't reach them. What needs no such bound is a
--   field that all but abrupt_fine_share of the payloads (or items) had, and on a later day all but abrupt_fine_share lack.
-- grain: one row per payload field that is gone on some days, there on all others, and not told by rate_findings
-- key: segment
-- param least_baseline_days: as in rate_walk
-- param abrupt_fine_share: 0.02
-- param least_abrupt_records: 20
WITH field_days AS (
    SELECT
        segment,
        event_date,
        population,
        hits,
        COUNT(*) OVER (PARTITION BY segment) AS day_count,
        CASE
            WHEN hits >= (1 - :abrupt_fine_share) * population THEN 1
            WHEN hits <= :abrupt_fine_share * population THEN 0
        END AS is_gone
    FROM rate_days
    WHERE measure = 'field_missing'
),

series AS (
    SELECT
        segment,
        COUNT(*) AS day_count,
        COUNT(is_gone) AS clear_count,
        MIN(CASE WHEN is_gone = 0 THEN event_date END) AS first_date,
        MIN(CASE WHEN is_gone = 1 THEN event_date END) AS since_date,
        MAX(CASE WHEN is_gone = 1 THEN event_date END) AS until_date,
        MAX(event_date) AS last_date,
        COALESCE(CAST(SUM(CASE WHEN is_gone = 1 THEN population END) AS BIGINT), 0) AS population,
        COALESCE(CAST(SUM(CASE WHEN is_gone = 1 THEN hits END) AS BIGINT), 0) AS hits,
        COALESCE(CAST(SUM(CASE WHEN is_gone = 0 THEN population END) AS BIGINT), 0) AS usual_population,
        COALESCE(CAST(SUM(CASE WHEN is_gone = 0 THEN hits END) AS BIGINT), 0) AS usual_hits
    FROM field_days
    WHERE day_count <= :least_baseline_days
    GROUP BY segment
)

SELECT
    series.segment,
    series.since_date,
    series.until_date,
    CASE WHEN series.until_date = series.last_date THEN 1 ELSE 0 END AS is_ongoing,
    series.population,
    series.hits,
    CAST(series.hits AS DOUBLE PRECISION) / series.population AS rate,
    CAST(series.usual_hits AS DOUBLE PRECISION) / series.usual_population AS expected_rate
FROM series
WHERE
    series.clear_count = series.day_count
    AND series.first_date < series.since_date
    AND series.population >= :least_abrupt_records
    AND series.usual_population >= :least_abrupt_records
    AND series.segment NOT IN (SELECT rate_findings.segment FROM rate_findings WHERE rate_findings.measure = 'field_missing')
