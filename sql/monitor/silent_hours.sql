-- title: Silent hours
-- description: Hours on end without any event, at a time of day at which visits are usual: an outage of the shop, the tag or the export. It needs
--   no statistics, and a day cut short inside the export is asked as well. Only before the first and after the last event of
--   the export is silence the cut of the export itself, and an hour that the clock skips in spring is none. Critical where a tenth of
--   the day's visits or more is missing.
-- severity: critical
-- tier: health
-- message: No event on {event_date} from {first_hour}:00 to {end_hour}:00, where {usual_visits} visits are usual.
-- format: expected integer, observed integer, first_hour integer, end_hour integer, usual_visits integer, money_at_stake money 0
-- param least_silenced_visits: 15
-- param least_silence_history_days: 3
-- param critical_missed_share: 0.1
WITH counted AS (
    SELECT
        event_date,
        hour_of_day,
        CAST(SUM(event_count) AS BIGINT) AS event_count
    FROM hourly_events
    WHERE hour_of_day >= 0
    GROUP BY event_date, hour_of_day
),

hours (hour_of_day) AS (
    VALUES
        (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11),
        (12), (13), (14), (15), (16), (17), (18), (19), (20), (21), (22), (23)
),

grid AS (
    SELECT
        days.event_date,
        days.day_number,
        hours.hour_of_day,
        days.day_number * 24 + hours.hour_of_day AS hour_number,
        COALESCE(counted.event_count, 0) AS event_count,
        COALESCE(visit_hours.start_count, 0) AS start_count,
        CASE WHEN known_days.metric IS NULL THEN 1 ELSE 0 END AS is_usual
    FROM days
    CROSS JOIN hours
    LEFT JOIN known_days ON
        known_days.metric = 'events'
        AND known_days.event_date = days.event_date
    LEFT JOIN counted ON
        counted.event_date = days.event_date
        AND counted.hour_of_day = hours.hour_of_day
    LEFT JOIN visit_hours ON
        visit_hours.event_date = days.event_date
        AND visit_hours.hour_of_day = hours.hour_of_day
),

ends AS (
    SELECT MIN(hour_number) AS first_hour_number, MAX(hour_number) AS last_hour_number
    FROM grid
    WHERE event_count > 0
),

expected_hours AS (
    SELECT
        grid.*,
        CAST(COALESCE(SUM(grid.is_usual) OVER same_hour, 0) AS BIGINT) AS earlier_days,
        CAST(COALESCE(SUM(grid.is_usual * grid.start_count) OVER same_hour, 0) AS BIGINT) AS earlier_starts,
        -- Constant within a run of silent hours.
        COUNT(CASE WHEN grid.event_count > 0 THEN 1 END) OVER (
            PARTITION BY grid.event_date
            ORDER BY grid.hour_of_day
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS run_number
    FROM grid
    JOIN ends ON grid.hour_number BETWEEN ends.first_hour_number AND ends.last_hour_number
    WINDOW same_hour AS (PARTITION BY grid.hour_of_day ORDER BY grid.day_number ROWS BETWEEN 28 PRECEDING AND 1 PRECEDING)
),

runs AS (
    SELECT
        event_date,
        day_number,
        run_number,
        MIN(hour_of_day) AS first_hour,
        MAX(hour_of_day) + 1 AS end_hour,
        MIN(earlier_days) AS earlier_days,
        CAST(SUM(earlier_starts) AS BIGINT) AS earlier_starts
    FROM expected_hours
    WHERE event_count = 0
    GROUP BY event_date, day_number, run_number
),

worst_runs AS (
    SELECT
        runs.*,
        ROW_NUMBER() OVER (PARTITION BY event_date ORDER BY earlier_starts DESC, run_number) AS run_rank
    FROM runs
    WHERE earlier_days >= :least_silence_history_days
),

-- The hour that the clock skips is on no real clock: then no time as long passed without an event. A local day lies within 14 hours of
-- the day of UTC.
minutes AS (
    SELECT
        worst_runs.event_date,
        event_minutes.minute_number - LAG(event_minutes.minute_number) OVER (
            PARTITION BY worst_runs.event_date
            ORDER BY event_minutes.minute_number
        ) AS silent_minutes
    FROM worst_runs
    JOIN event_minutes ON event_minutes.minute_number BETWEEN (worst_runs.day_number * 24 - 14) * 60 AND (worst_runs.day_number * 24 + 38) * 60
    WHERE worst_runs.run_rank = 1
        AND worst_runs.earlier_starts >= :least_silenced_visits * worst_runs.earlier_days
),

longest_silences AS (
    SELECT event_date, MAX(silent_minutes) AS silent_minutes
    FROM minutes
    GROUP BY event_date
),

ranked_days AS (
    SELECT days.event_date, days.hour_count, ROW_NUMBER() OVER (ORDER BY days.day_number) AS day_rank
    FROM days
    JOIN monitored_day ON days.day_number <= monitored_day.day_number
),

-- All starts of the days before, in all hours: what the silent hours' share is of.
earlier_totals AS (
    SELECT event_date, CAST(SUM(earlier_starts) AS BIGINT) AS earlier_starts
    FROM expected_hours
    GROUP BY event_date
),

silences AS (
    SELECT
        ranked_days.event_date,
        ranked_days.day_rank,
        ranked_days.hour_count,
        worst_runs.first_hour,
        worst_runs.end_hour,
        CASE
            WHEN worst_runs.earlier_starts >= :least_silenced_visits * worst_runs.earlier_days
                AND longest_silences.silent_minutes >= 60 THEN 1
            ELSE 0
        END AS is_silent,
        CAST(worst_runs.earlier_starts AS DOUBLE PRECISION) / worst_runs.earlier_days AS usual_visits,
        CASE WHEN earlier_totals.earlier_starts > 0 THEN CAST(worst_runs.earlier_starts AS DOUBLE PRECISION) / earlier_totals.earlier_starts END AS missed_share
    FROM ranked_days
    LEFT JOIN worst_runs ON
        worst_runs.event_date = ranked_days.event_date
        AND worst_runs.run_rank = 1
    LEFT JOIN longest_silences ON longest_silences.event_date = ranked_days.event_date
    LEFT JOIN earlier_totals ON earlier_totals.event_date = ranked_days.event_date
)

SELECT
    silences.event_date,
    'hours' AS subject,
    CASE WHEN silences.day_rank <= :least_silence_history_days THEN 0 ELSE silences.hour_count END AS population,
    CASE WHEN silences.is_silent = 1 THEN silences.end_hour - silences.first_hour ELSE 0 END AS observed,
    0 AS expected,
    CASE
        WHEN silences.is_silent = 0 THEN 1
        WHEN known_days.is_muted = 1 THEN NULL
        ELSE 0
    END AS passed,
    CASE WHEN known_days.is_muted = 1 THEN 'muted' END AS unjudged,
    CASE WHEN silences.missed_share >= :critical_missed_share THEN 'critical' ELSE 'warn' END AS severity,
    silences.first_hour,
    silences.end_hour,
    silences.usual_visits,
    silences.missed_share * revenues.expected / 100 AS money_at_stake,
    known_days.known_event
FROM silences
LEFT JOIN metric_judgements AS revenues ON
    revenues.metric = 'revenue'
    AND revenues.segment_kind = 'all'
    AND revenues.event_date = silences.event_date
LEFT JOIN known_days ON
    known_days.metric = 'events'
    AND known_days.event_date = silences.event_date
ORDER BY silences.event_date
