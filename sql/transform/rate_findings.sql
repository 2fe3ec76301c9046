-- title: Shifts worth telling
-- description: The shifts of rate_walk, told once: days of one series are one span, and a segment is left out where another one explains
--   it (its surplus is no more than its share of the other's). since and until are to the hour; until is NULL where it
--   goes on to the last day.
-- grain: one row per told shift
-- key: measure, segment_kind, segment, since_date, shift
-- cluster: measure, segment_kind, segment, since_date, shift
-- param merge_gap_days: 7
-- param explained_factor: 2.0
WITH shifted AS (
    SELECT
        rate_walk.*,
        calendar.day_number,
        LAG(calendar.day_number) OVER (
            PARTITION BY rate_walk.measure, rate_walk.segment_kind, rate_walk.segment, rate_walk.shift
            ORDER BY rate_walk.day_rank
        ) AS previous_day_number
    FROM rate_walk
    JOIN calendar ON calendar.event_date = rate_walk.event_date
    WHERE rate_walk.shift <> 0
),

numbered AS (
    SELECT
        shifted.*,
        CAST(SUM(CASE WHEN day_number - previous_day_number > :merge_gap_days THEN 1 ELSE 0 END) OVER (
            PARTITION BY measure, segment_kind, segment, shift
            ORDER BY day_rank
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS BIGINT) AS span_number
    FROM shifted
),

span_sums AS (
    SELECT
        measure,
        segment_kind,
        segment,
        shift,
        span_number,
        MIN(event_date) AS since_date,
        MAX(event_date) AS until_date,
        MIN(day_rank) AS first_rank,
        MAX(day_rank) AS last_rank,
        COUNT(*) AS day_count,
        CAST(SUM(population) AS BIGINT) AS population,
        CAST(SUM(hits) AS BIGINT) AS hits
    FROM numbered
    GROUP BY measure, segment_kind, segment, shift, span_number
),

-- A series that ends before the data does (its column is gone) goes on as far as anybody knows, and not to the last day.
series_ends AS (
    SELECT measure, segment_kind, segment, MAX(day_rank) AS end_rank, MAX(event_date) AS end_date
    FROM rate_walk
    GROUP BY measure, segment_kind, segment
),

last_day AS (
    SELECT MAX(end_date) AS event_date FROM series_ends
),

spans AS MATERIALIZED (
    SELECT
        span_sums.*,
        rate_walk.expected_rate,
        CASE WHEN span_sums.last_rank = series_ends.end_rank AND series_ends.end_date = last_day.event_date THEN 1 ELSE 0 END AS is_ongoing,
        -- How many records more (or fewer) than usual a day has, and how many records it could be explained by.
        (span_sums.hits - span_sums.population * rate_walk.expected_rate) * span_sums.shift / span_sums.day_count AS surplus,
        CASE
            WHEN span_sums.measure IN ('share_of_events', 'share_lost', 'crawl') THEN span_sums.population * rate_walk.expected_rate
            ELSE CAST(span_sums.population AS DOUBLE PRECISION)
        END / span_sums.day_count AS weight,
        CAST(span_sums.population AS DOUBLE PRECISION) / span_sums.day_count AS whole,
        CASE span_sums.segment_kind WHEN 'all' THEN 1 WHEN 'host' THEN 2 WHEN 'event' THEN 3 WHEN 'path' THEN 4 WHEN 'agent' THEN 5 ELSE 6 END AS kind_rank
    FROM span_sums
    CROSS JOIN last_day
    JOIN series_ends ON
        series_ends.measure = span_sums.measure
        AND series_ends.segment_kind = span_sums.segment_kind
        AND series_ends.segment = span_sums.segment
    JOIN rate_walk ON
        rate_walk.measure = span_sums.measure
        AND rate_walk.segment_kind = span_sums.segment_kind
        AND rate_walk.segment = span_sums.segment
        AND rate_walk.day_rank = span_sums.first_rank
),

pairs AS (
    SELECT
        spans.measure,
        spans.segment_kind,
        spans.segment,
        spans.shift,
        spans.since_date,
        MAX(CASE
            WHEN
                spans.surplus <= :explained_factor * others.surplus * CASE WHEN spans.weight < others.whole THEN spans.weight / others.whole ELSE 1 END
                AND (
                    others.kind_rank < spans.kind_rank
                    OR (others.kind_rank = spans.kind_rank AND others.surplus > spans.surplus)
                    OR others.surplus > :explained_factor * spans.surplus * CASE WHEN others.weight < spans.whole THEN others.weight / spans.whole ELSE 1 END
                ) THEN 1
            ELSE 0
        END) AS is_explained
    FROM spans
    JOIN spans AS others ON
        others.measure = spans.measure
        AND others.shift = spans.shift
        AND others.since_date <= spans.until_date
        AND others.until_date >= spans.since_date
        AND (others.segment_kind <> spans.segment_kind OR others.segment <> spans.segment)
    -- Payload fields, steps, notations and devices stand for themselves: a missing price says nothing of a missing name.
    WHERE spans.measure NOT IN ('field_missing', 'step_skipped', 'step_reached', 'notation_share', 'one_hit_client')
    GROUP BY spans.measure, spans.segment_kind, spans.segment, spans.shift, spans.since_date
),

told AS MATERIALIZED (
    SELECT
        spans.*,
        CAST(FLOOR((spans.expected_rate + CAST(spans.hits AS DOUBLE PRECISION) / spans.population) * 500000) AS BIGINT) AS middle_millionths
    FROM spans
    LEFT JOIN pairs ON
        pairs.measure = spans.measure
        AND pairs.segment_kind = spans.segment_kind
        AND pairs.segment = spans.segment
        AND pairs.shift = spans.shift
        AND pairs.since_date = spans.since_date
    WHERE COALESCE(pairs.is_explained, 0) = 0
),

-- The hours of the first and the last day, to tell where on them it began and ended.
edge_hours AS (
    SELECT
        told.measure,
        told.segment_kind,
        told.segment,
        told.shift,
        told.since_date,
        told.until_date,
        told.middle_millionths,
        event_counts.event_date,
        event_counts.hour_of_day,
        CAST(SUM(CASE told.measure
            WHEN 'odd_client' THEN event_counts.event_count - event_counts.no_client
            WHEN 'no_referrer' THEN event_counts.referrer_known
            WHEN 'opaque_referrer' THEN event_counts.opaque_referrer + event_counts.site_referrer
            WHEN 'with_utm' THEN event_counts.attributable
            WHEN 'conflicting_utm' THEN event_counts.attributable
            WHEN 'paid_click_without_utm' THEN event_counts.paid_click
            ELSE event_counts.event_count
        END) AS BIGINT) AS population,
        CAST(SUM(CASE told.measure
            WHEN 'no_client' THEN event_counts.no_client
            WHEN 'odd_client' THEN event_counts.odd_client
            WHEN 'no_page' THEN event_counts.no_page
            WHEN 'no_user_agent' THEN event_counts.no_user_agent
            WHEN 'no_payload' THEN event_counts.no_payload
            WHEN 'no_referrer' THEN event_counts.no_referrer
            WHEN 'opaque_referrer' THEN event_counts.opaque_referrer
            WHEN 'with_utm' THEN event_counts.with_utm
            WHEN 'conflicting_utm' THEN event_counts.conflicting_utm
            WHEN 'paid_click_without_utm' THEN event_counts.paid_click_without_utm
            ELSE CASE WHEN event_counts.is_bot = 1 THEN event_counts.event_count ELSE 0 END
        END) AS BIGINT) AS hits
    FROM told
    JOIN event_counts ON
        event_counts.event_date IN (told.since_date, told.until_date)
        AND CASE told.segment_kind
            WHEN 'all' THEN told.segment
            WHEN 'event' THEN event_counts.event_name
            WHEN 'host' THEN event_counts.host_group
            WHEN 'path' THEN event_counts.path_group
            WHEN 'agent' THEN CASE WHEN event_counts.is_bot = 1 THEN 'bots' ELSE 'people' END
        END = told.segment
    WHERE told.measure NOT IN ('field_missing', 'near_duplicate', 'one_hit_client', 'step_skipped', 'step_reached', 'notation_share', 'self_referral', 'crawl', 'share_of_events', 'share_lost') AND told.segment_kind <> 'hour'
    GROUP BY
        told.measure, told.segment_kind, told.segment, told.shift, told.since_date, told.until_date, told.middle_millionths,
        event_counts.event_date, event_counts.hour_of_day
),

running AS (
    SELECT
        edge_hours.*,
        CAST(SUM(shift * (hits * 1000000 - middle_millionths * population)) OVER (
            PARTITION BY measure, segment_kind, segment, shift, since_date, event_date
            ORDER BY hour_of_day DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS BIGINT) AS from_here_on,
        CAST(SUM(shift * (hits * 1000000 - middle_millionths * population)) OVER (
            PARTITION BY measure, segment_kind, segment, shift, since_date, event_date
            ORDER BY hour_of_day
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS BIGINT) AS up_to_here
    FROM edge_hours
),

ranked AS (
    SELECT
        running.*,
        ROW_NUMBER() OVER (PARTITION BY measure, segment_kind, segment, shift, since_date, event_date ORDER BY from_here_on DESC, hour_of_day) AS start_rank,
        ROW_NUMBER() OVER (PARTITION BY measure, segment_kind, segment, shift, since_date, event_date ORDER BY up_to_here DESC, hour_of_day DESC) AS end_rank
    FROM running
),

starts_and_ends AS (
    SELECT
        measure,
        segment_kind,
        segment,
        shift,
        since_date,
        until_date,
        MAX(CASE WHEN event_date = since_date AND start_rank = 1 THEN hour_of_day END) AS start_hour,
        MAX(CASE WHEN event_date = until_date AND end_rank = 1 THEN hour_of_day END) AS end_hour,
        MAX(CASE WHEN event_date = until_date AND population > 0 THEN hour_of_day END) AS final_hour -- after which nothing of it comes
    FROM ranked
    GROUP BY measure, segment_kind, segment, shift, since_date, until_date
),

-- Of one day whose best beginning comes after its best end, nothing can be told but the day.
edges AS (
    SELECT
        measure,
        segment_kind,
        segment,
        shift,
        since_date,
        CASE WHEN since_date = until_date AND start_hour > end_hour THEN 0 ELSE start_hour END AS start_hour,
        CASE WHEN since_date = until_date AND start_hour > end_hour THEN 23 ELSE end_hour END AS end_hour,
        final_hour
    FROM starts_and_ends
),

-- What the hours before the beginning and after the end have.
outside AS (
    SELECT
        edge_hours.measure,
        edge_hours.segment_kind,
        edge_hours.segment,
        edge_hours.shift,
        edge_hours.since_date,
        CAST(SUM(edge_hours.population) AS BIGINT) AS population,
        CAST(SUM(edge_hours.hits) AS BIGINT) AS hits
    FROM edge_hours
    JOIN edges ON
        edges.measure = edge_hours.measure
        AND edges.segment_kind = edge_hours.segment_kind
        AND edges.segment = edge_hours.segment
        AND edges.shift = edge_hours.shift
        AND edges.since_date = edge_hours.since_date
    WHERE
        (edge_hours.event_date = edge_hours.since_date AND edge_hours.hour_of_day < edges.start_hour)
        OR (edge_hours.event_date = edge_hours.until_date AND edge_hours.hour_of_day > edges.end_hour)
    GROUP BY edge_hours.measure, edge_hours.segment_kind, edge_hours.segment, edge_hours.shift, edge_hours.since_date
),

first_files AS (
    SELECT event_date, MIN(file_id) AS file_id, MAX(file_id) AS last_file_id FROM file_days GROUP BY event_date
)

SELECT
    told.measure,
    told.segment_kind,
    told.segment,
    told.since_date,
    told.shift,
    told.until_date,
    told.is_ongoing,
    told.day_count,
    told.last_rank - told.first_rank + 1 AS measured_days,
    told.population - COALESCE(outside.population, 0) AS population,
    told.hits - COALESCE(outside.hits, 0) AS hits,
    CAST(told.hits - COALESCE(outside.hits, 0) AS DOUBLE PRECISION) / (told.population - COALESCE(outside.population, 0)) AS rate,
    told.expected_rate,
    told.since_date || CASE
        WHEN told.segment_kind = 'hour' THEN ' ' || told.segment
        WHEN edges.start_hour > 0 THEN ' ' || CASE WHEN edges.start_hour < 10 THEN '0' ELSE '' END || CAST(edges.start_hour AS TEXT) || ':00'
        ELSE ''
    END AS since,
    CASE
        WHEN told.is_ongoing = 1 AND (edges.end_hour IS NULL OR edges.end_hour >= edges.final_hour) THEN NULL
        ELSE told.until_date || CASE
            WHEN told.segment_kind = 'hour' THEN ' ' || SUBSTR(told.segment, 1, 3) || '59'
            WHEN edges.end_hour < 23 THEN ' ' || CASE WHEN edges.end_hour < 10 THEN '0' ELSE '' END || CAST(edges.end_hour AS TEXT) || ':59'
            ELSE ''
        END
    END AS until,
    -- Where who looks for its rows begins: in the files with its first day, at its first hour, until its last hour of that day.
    first_files.file_id * 4294967296 AS first_event_id,
    (first_files.last_file_id + 1) * 4294967296 AS end_event_id,
    CASE WHEN told.segment_kind = 'hour' THEN CAST(SUBSTR(told.segment, 1, 2) AS INTEGER) ELSE COALESCE(edges.start_hour, 0) END AS start_hour,
    CASE
        WHEN told.segment_kind = 'hour' THEN CAST(SUBSTR(told.segment, 1, 2) AS INTEGER)
        WHEN told.since_date = told.until_date THEN COALESCE(edges.end_hour, 23)
        ELSE 23
    END AS last_hour
FROM told
JOIN first_files ON first_files.event_date = told.since_date
LEFT JOIN edges ON
    edges.measure = told.measure
    AND edges.segment_kind = told.segment_kind
    AND edges.segment = told.segment
    AND edges.shift = told.shift
    AND edges.since_date = told.since_date
LEFT JOIN outside ON
    outside.measure = told.measure
    AND outside.segment_kind = told.segment_kind
    AND outside.segment = told.segment
    AND outside.shift = told.shift
    AND outside.since_date = told.since_date
