-- title: Known days
-- description: The days of known events, by the metric that is left out of baselines on them.
-- grain: one row per day and metric
-- key: metric, event_date
SELECT
    monitored_metrics.metric,
    calendar.event_date,
    MAX(CASE WHEN known_events.effect = 'mute' THEN 1 ELSE 0 END) AS is_muted,
    MIN(known_events.note) AS known_event
FROM known_events
JOIN calendar ON calendar.event_date BETWEEN known_events.starts_on AND known_events.ends_on
JOIN monitored_metrics ON known_events.metric IN ('all', monitored_metrics.metric)
GROUP BY monitored_metrics.metric, calendar.event_date
