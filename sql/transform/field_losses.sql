-- title: Records without the field that went missing
-- description: Of each payload field that went missing (rate_findings, abrupt_losses), the records of its days (those of its span on which it is missing) whose payload lacks it, or has it null or empty, in
--   the payload itself or in one of its items at least. What is there is counted in the payload's text, quotes and spaces aside: a field
--   of the payload is not seen to be missing where its items have one of the same name.
-- grain: one row per finding and record
-- key: segment, since_date, event_id
WITH losses AS MATERIALIZED (
    SELECT segment, since_date, until_date, shift, population, hits, first_event_id
    FROM rate_findings
    WHERE measure = 'field_missing'
    UNION ALL
    SELECT segment, since_date, until_date, 1, population, hits, 0
    FROM abrupt_losses
),

lossy_days AS MATERIALIZED (
    SELECT segment, shift, event_date
    FROM rate_walk
    WHERE measure = 'field_missing' AND shift <> 0
    UNION ALL
    SELECT rate_days.segment, 1, rate_days.event_date
    FROM rate_days
    JOIN abrupt_losses ON abrupt_losses.segment = rate_days.segment
    WHERE rate_days.measure = 'field_missing' AND rate_days.hits * 2 > rate_days.population
),

sought AS (
    SELECT
        losses.segment,
        losses.since_date,
        losses.shift,
        CASE WHEN losses.hits = losses.population THEN 1 ELSE 0 END AS is_all,
        raw_events.event_id,
        raw_events.event_date,
        raw_events.payload_key,
        SUBSTR(losses.segment, LENGTH(COALESCE(raw_events.event_name, '')) + 2) AS field_path
    FROM losses
    CROSS JOIN raw_events -- so that SQLite begins with the few losses
    WHERE
        raw_events.event_id >= losses.first_event_id
        AND raw_events.event_date BETWEEN losses.since_date AND losses.until_date
        AND SUBSTR(losses.segment, 1, LENGTH(COALESCE(raw_events.event_name, '')) + 1) = COALESCE(raw_events.event_name, '') || ' '
        AND raw_events.payload_key IS NOT NULL
),

item_counts AS (
    SELECT event_id, COUNT(*) AS item_count FROM raw_order_items GROUP BY event_id
),

named AS (
    SELECT
        sought.segment,
        sought.since_date,
        sought.is_all,
        sought.event_id,
        sought.event_date,
        sought.field_path,
        CASE WHEN LOWER(sought.field_path) LIKE 'items[].%' THEN COALESCE(item_counts.item_count, 0) ELSE 1 END AS wanted_count,
        '"' || REPLACE(CASE WHEN LOWER(sought.field_path) LIKE 'items[].%' THEN SUBSTR(sought.field_path, 9) ELSE sought.field_path END, ' ', '') || '":' AS field_key,
        REPLACE(REPLACE(payloads.payload, '''', '"'), ' ', '') AS payload
    FROM sought
    JOIN lossy_days ON lossy_days.segment = sought.segment AND lossy_days.shift = sought.shift AND lossy_days.event_date = sought.event_date
    JOIN payloads ON payloads.payload_key = sought.payload_key
    LEFT JOIN item_counts ON item_counts.event_id = sought.event_id
    WHERE payloads.payload_status <> 'invalid'
),

-- Where the field is there and empty, its key goes with its emptiness: what is left of keys are those that are filled.
filled AS (
    SELECT
        named.*,
        REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(payload, field_key || 'null', ''), field_key || 'None', ''), field_key || '""', ''), field_key || '[]', ''), field_key || '{}', '') AS filled_payload
    FROM named
)

SELECT
    segment,
    since_date,
    event_id,
    event_date,
    field_path
FROM filled
WHERE wanted_count > 0 AND (is_all = 1 OR LENGTH(filled_payload) - LENGTH(REPLACE(filled_payload, field_key, '')) < wanted_count * LENGTH(field_key))
