-- description: What daily_metrics said of each day, kept when the day leaves the export. A run replaces the days that it loads. Nothing is
-- judged by it: the same export gives the same alarms, whatever ran before.
CREATE TABLE metric_history (
    time_zone TEXT NOT NULL,           -- in which the days are counted
    event_date TEXT NOT NULL,
    metric TEXT NOT NULL,
    segment_kind TEXT NOT NULL,
    segment TEXT NOT NULL,
    numerator BIGINT NOT NULL,
    denominator BIGINT NOT NULL,
    unit_count BIGINT NOT NULL,
    PRIMARY KEY (time_zone, event_date, metric, segment_kind, segment)
);
