-- title: Campaign parameters: coverage and trend
-- description: The share of events of people with a client id whose page URL carries a utm_source, file by file, and whether the last third of
--   the days differs from the first. Days that utm_coverage_shift tells of are left out of the thirds: that check tells it.
-- severity: warn
-- format: observed percent 1, expected percent 1
-- needs: events with a page URL
-- defect: utm_loss
-- follows: utm_coverage_shift
-- message: {observed} of the events of {subject} by people with a client id carry a utm_source; {expected} is usual.
-- cause: Paid traffic was turned down or up, links lost their parameters, or visits reach the shop another way.
-- remedy: Compare with the clicks that the advertising accounts count for these days.
-- param trend_ratio: 1.25
-- param trend_deviations: 5.0
-- param least_trend_days: 6
-- param sample_rows: as in exact_duplicates
WITH shifted_days AS (
    SELECT event_date
    FROM rate_walk
    WHERE measure = 'with_utm' AND segment_kind = 'all' AND shift <> 0
),

per_day AS (
    SELECT
        segment_days.event_date,
        segment_days.attributable,
        segment_days.with_utm,
        ROW_NUMBER() OVER (ORDER BY segment_days.event_date) AS day_rank,
        COUNT(*) OVER () AS day_count
    FROM segment_days
    WHERE
        segment_days.segment_kind = 'all'
        AND segment_days.attributable > 0
        AND segment_days.event_date NOT IN (SELECT event_date FROM shifted_days)
),

thirds AS (
    SELECT
        MAX(day_count) AS day_count,
        MIN(CASE WHEN day_rank * 3 > day_count * 2 THEN event_date END) AS last_from,
        COALESCE(CAST(SUM(CASE WHEN day_rank * 3 <= day_count THEN attributable END) AS BIGINT), 0) AS first_events,
        COALESCE(CAST(SUM(CASE WHEN day_rank * 3 <= day_count THEN with_utm END) AS BIGINT), 0) AS first_utm,
        COALESCE(CAST(SUM(CASE WHEN day_rank * 3 > day_count * 2 THEN attributable END) AS BIGINT), 0) AS last_events,
        COALESCE(CAST(SUM(CASE WHEN day_rank * 3 > day_count * 2 THEN with_utm END) AS BIGINT), 0) AS last_utm,
        COALESCE(CAST(SUM(attributable) AS BIGINT), 0) AS all_events,
        COALESCE(CAST(SUM(with_utm) AS BIGINT), 0) AS all_utm
    FROM per_day
),

files AS (
    SELECT
        input_files.file_name,
        input_files.file_date,
        CAST(SUM(event_counts.attributable) AS BIGINT) AS attributable,
        CAST(SUM(event_counts.with_utm) AS BIGINT) AS with_utm
    FROM event_counts
    JOIN input_files ON input_files.file_id = event_counts.file_id
    GROUP BY input_files.file_name, input_files.file_date
),

measured AS (
    SELECT
        files.file_name AS subject,
        files.attributable AS population,
        CASE WHEN files.attributable > 0 THEN CAST(files.with_utm AS DOUBLE PRECISION) / files.attributable END AS observed,
        CAST(thirds.all_utm AS DOUBLE PRECISION) / NULLIF(thirds.all_events, 0) AS expected,
        -- Twenty would be there by chance alone at the usual rate, and none is.
        CASE WHEN files.with_utm = 0 AND files.attributable * thirds.all_utm >= 20 * thirds.all_events THEN 0 ELSE 1 END AS passed,
        'No event of ' || files.file_name || ' by people with a client id carries a utm_source.' AS told,
        files.file_name,
        files.file_date AS since,
        files.file_date AS until,
        files.attributable AS events_touched
    FROM files
    CROSS JOIN thirds
    UNION ALL
    SELECT
        'trend',
        thirds.all_events,
        CAST(thirds.last_utm AS DOUBLE PRECISION) / thirds.last_events,
        CAST(thirds.first_utm AS DOUBLE PRECISION) / thirds.first_events,
        CASE
            WHEN thirds.day_count < :least_trend_days THEN NULL
            WHEN
                (thirds.last_utm * thirds.first_events * :trend_ratio < CAST(thirds.first_utm AS DOUBLE PRECISION) * thirds.last_events
                    OR thirds.last_utm * CAST(thirds.first_events AS DOUBLE PRECISION) > :trend_ratio * thirds.first_utm * thirds.last_events)
                AND ABS(2 * SQRT(thirds.last_utm) - 2 * SQRT(CAST(thirds.first_utm AS DOUBLE PRECISION) * thirds.last_events / thirds.first_events))
                    > :trend_deviations * SQRT(1 + CAST(thirds.last_events AS DOUBLE PRECISION) / thirds.first_events) THEN 0
            ELSE 1
        END,
        'In the last third of the days {observed} of the events by people with a client id carry a utm_source, in the first {expected}.',
        NULL,
        thirds.last_from,
        NULL,
        thirds.last_events
    FROM thirds
    WHERE thirds.first_events > 0 AND thirds.last_events > 0
)

SELECT subject, population, observed, expected, passed, told AS message, file_name, since, until, events_touched
FROM measured
ORDER BY subject

-- samples
WITH thirds AS (
    SELECT event_date, ROW_NUMBER() OVER (ORDER BY event_date) AS day_rank, COUNT(*) OVER () AS day_count
    FROM segment_days
    WHERE
        segment_kind = 'all'
        AND attributable > 0
        AND event_date NOT IN (SELECT event_date FROM rate_walk WHERE measure = 'with_utm' AND segment_kind = 'all' AND shift <> 0)
)

SELECT event_lines.file_name AS subject, event_lines.file_name, event_lines.line_number, 'no utm_source: ' || event_lines.what AS reason
FROM (
    SELECT raw_events.event_id, ROW_NUMBER() OVER (PARTITION BY raw_events.file_id ORDER BY raw_events.event_id) AS sample_number
    FROM raw_events
    JOIN page_groups ON page_groups.place_key = raw_events.place_key
    LEFT JOIN devices ON devices.user_agent_key = raw_events.user_agent_key
    WHERE raw_events.has_client = 1 AND COALESCE(devices.is_bot, 0) = 0 AND page_groups.has_utm = 0
) AS found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
UNION ALL
SELECT trend.subject, event_lines.file_name, event_lines.line_number, CASE WHEN trend.has_utm = 1 THEN 'a utm_source: ' ELSE 'no utm_source: ' END || event_lines.what
FROM (
    SELECT 'trend' AS subject, raw_events.event_id, page_groups.has_utm
    FROM raw_events
    JOIN page_groups ON page_groups.place_key = raw_events.place_key
    WHERE raw_events.event_date = (SELECT MIN(event_date) FROM thirds WHERE day_rank * 3 > day_count * 2) AND raw_events.has_client = 1
    ORDER BY raw_events.event_id
    LIMIT :sample_rows
) AS trend
JOIN event_lines ON event_lines.event_id = trend.event_id
ORDER BY 1, 2, 3
