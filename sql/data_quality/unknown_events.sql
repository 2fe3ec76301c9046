-- title: Event names that nobody taught
-- description: Events whose name is not in sql/reference/event_taxonomy.sql are kept, and count in no step of the funnel.
-- severity: warn
-- defect: unknown_event_name
-- defect: renamed_event
-- defect: null_event_names
-- follows: missing_required_columns
-- message: {subject} is no known event name: {events_touched} {events_touched:event counts|events count} in no step of the funnel{behaves}.
-- cause: A new tag, or a known event under a new name.
-- remedy: Add the name to sql/reference/event_taxonomy.sql, with the name and the kind that it means; see the repairs that the report proposes.
-- param max_unknown_events: 0
-- param sample_rows: as in exact_duplicates
WITH names AS (
    SELECT
        event_counts.event_name,
        CAST(SUM(event_counts.event_count) AS BIGINT) AS event_count,
        MIN(CASE WHEN event_counts.event_date <> 'undated' THEN event_counts.event_date END) AS since,
        MAX(CASE WHEN event_counts.event_date <> 'undated' THEN event_counts.event_date END) AS until
    FROM event_counts
    GROUP BY event_counts.event_name
),

orders_of_names AS (
    SELECT COALESCE(raw_events.event_name, 'unnamed') AS event_name, COUNT(*) AS order_count, CAST(SUM(raw_orders.revenue_cents) AS BIGINT) AS revenue_cents
    FROM raw_orders
    JOIN raw_events ON raw_events.event_id = raw_orders.event_id
    WHERE raw_orders.revenue_status = 'ok'
    GROUP BY COALESCE(raw_events.event_name, 'unnamed')
)

SELECT
    names.event_name AS subject,
    names.event_count AS population,
    CASE WHEN event_taxonomy.raw_event_name IS NULL THEN names.event_count ELSE 0 END AS observed,
    :max_unknown_events AS expected,
    CASE WHEN event_taxonomy.raw_event_name IS NOT NULL OR names.event_count <= :max_unknown_events THEN 1 ELSE 0 END AS passed,
    CASE WHEN orders_of_names.order_count * 2 > names.event_count THEN ', though most of what has this name carries an order with revenue' ELSE '' END AS behaves,
    names.since,
    names.until,
    names.event_count AS events_touched,
    CASE WHEN event_taxonomy.raw_event_name IS NULL THEN orders_of_names.order_count END AS orders_touched,
    CASE WHEN event_taxonomy.raw_event_name IS NULL THEN orders_of_names.revenue_cents END AS revenue_cents_touched
FROM names
LEFT JOIN event_taxonomy ON event_taxonomy.raw_event_name = names.event_name
LEFT JOIN orders_of_names ON orders_of_names.event_name = names.event_name
ORDER BY names.event_name

-- samples
WITH found AS (
    SELECT
        COALESCE(raw_events.event_name, 'unnamed') AS event_name,
        raw_events.file_id,
        raw_events.event_id,
        raw_events.line_number,
        ROW_NUMBER() OVER (PARTITION BY raw_events.event_name ORDER BY raw_events.event_id) AS sample_number
    FROM raw_events
    LEFT JOIN event_taxonomy ON event_taxonomy.raw_event_name = raw_events.event_name
    WHERE event_taxonomy.raw_event_name IS NULL
)

SELECT found.event_name AS subject, input_files.file_name, found.line_number, 'event name ' || CASE WHEN found.event_name = 'unnamed' THEN '(empty)' ELSE SUBSTR(found.event_name, 1, 60) END AS reason
FROM found
JOIN input_files ON input_files.file_id = found.file_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id
