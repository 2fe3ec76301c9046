-- title: Rates as findings
-- description: What the walk over the rates came to, one row per segment, or per told shift of it. passed is NULL where there is
--   nothing to compare with, and where another segment's shift explains this one's, or
--   a move of one host to another (host_moves). events_of says whose events are asked;
--   note, of a told shift, on how many of its days it is so, and whether it rests on few days. events_touched are those that are as they usually are not:
--   of a rate that fell those without the property, of volume that fell those that are left.
-- grain: one row per measure and segment, or per shift of it that is told
-- key: measure, segment_kind, segment, since_date
-- param least_baseline_days: as in rate_walk
WITH series AS (
    SELECT
        measure,
        segment_kind,
        segment,
        COUNT(*) AS day_count,
        CAST(SUM(population) AS BIGINT) AS population,
        CAST(SUM(hits) AS BIGINT) AS hits,
        COUNT(CASE WHEN shift <> 0 THEN 1 END) AS shift_count
    FROM rate_walk
    GROUP BY measure, segment_kind, segment
)

SELECT
    series.measure,
    CASE
        WHEN series.segment_kind IN ('all', 'field', 'agent', 'step', 'notation') THEN series.segment
        WHEN series.segment IN ('other paths', 'other hosts') THEN series.segment
        ELSE series.segment_kind || ' ' || series.segment
    END AS subject,
    CASE
        WHEN series.segment_kind = 'all' THEN 'all events'
        WHEN series.segment_kind = 'agent' OR series.segment IN ('other paths', 'other hosts') THEN 'the events of ' || series.segment
        ELSE 'the events of ' || series.segment_kind || ' ' || series.segment
    END || quality_measures.asked_of AS events_of,
    series.segment_kind,
    series.segment,
    COALESCE(rate_findings.since_date, '') AS since_date,
    COALESCE(rate_findings.population, series.population) AS population,
    COALESCE(rate_findings.rate, CAST(series.hits AS DOUBLE PRECISION) / series.population) AS observed,
    COALESCE(rate_findings.expected_rate, last_days.expected_rate) AS expected,
    CASE
        WHEN host_moves.segment IS NOT NULL THEN NULL
        WHEN rate_findings.measure IS NOT NULL THEN 0
        WHEN series.shift_count > 0 OR series.day_count < 2 THEN NULL
        ELSE 1
    END AS passed,
    rate_findings.shift,
    rate_findings.since,
    rate_findings.until,
    NULLIF(
        CASE
            WHEN rate_findings.day_count < rate_findings.measured_days
                THEN 'It is so on ' || CAST(rate_findings.day_count AS TEXT) || ' of ' || CAST(rate_findings.measured_days AS TEXT) || ' days. '
            ELSE ''
        END
        || CASE
            WHEN rate_findings.measure IS NOT NULL AND series.day_count <= :least_baseline_days
                THEN 'It rests on a short baseline, of ' || CAST(series.day_count - 1 AS TEXT) || CASE WHEN series.day_count = 2 THEN ' day.' ELSE ' days.' END
            ELSE ''
        END,
        ''
    ) AS note,
    CASE WHEN rate_findings.shift = -1 AND series.measure <> 'share_lost' THEN rate_findings.population - rate_findings.hits ELSE rate_findings.hits END AS events_touched
FROM series
JOIN quality_measures ON quality_measures.measure = series.measure
JOIN rate_walk AS last_days ON
    last_days.measure = series.measure
    AND last_days.segment_kind = series.segment_kind
    AND last_days.segment = series.segment
    AND last_days.day_rank = series.day_count
LEFT JOIN rate_findings ON
    rate_findings.measure = series.measure
    AND rate_findings.segment_kind = series.segment_kind
    AND rate_findings.segment = series.segment
LEFT JOIN host_moves ON
    series.segment_kind = 'host'
    AND host_moves.measure = series.measure
    AND host_moves.segment = series.segment
    AND host_moves.since_date = rate_findings.since_date
