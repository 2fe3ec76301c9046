-- title: Personal data in payloads
-- description: Payload fields that hold e-mail addresses or card numbers as people write them. Where most values of a field are hashed, a
--   raw one is a leak.
-- severity: warn
-- defect: raw_emails
-- defect: cards_in_payloads
-- message: {observed} of {population} {population:value|values} of {subject} {observed:looks|look} like e-mail addresses or card numbers{beside}.
-- cause: The hashing before the export was left out, for some or for all.
-- remedy: Hash the field at its source, and delete them from the exports.
-- param max_personal_values: 0
-- param sample_rows: as in exact_duplicates
WITH fields AS (
    SELECT
        event_name,
        field_path,
        CAST(SUM(value_count) AS BIGINT) AS value_count,
        CAST(SUM(personal_count) AS BIGINT) AS personal_count,
        MIN(CASE WHEN personal_count > 0 THEN event_date END) AS since,
        MAX(CASE WHEN personal_count > 0 THEN event_date END) AS until
    FROM payload_field_counts
    WHERE state = 'value' AND field_path <> ''
    GROUP BY event_name, field_path
)

SELECT
    event_name || ' ' || field_path AS subject,
    value_count AS population,
    personal_count AS observed,
    :max_personal_values AS expected,
    CASE WHEN personal_count <= :max_personal_values THEN 1 ELSE 0 END AS passed,
    CASE WHEN personal_count * 2 < value_count THEN '; the others are not' ELSE '' END AS beside,
    since,
    until,
    personal_count AS events_touched
FROM fields
ORDER BY event_name, field_path

-- samples
WITH fields AS (
    SELECT DISTINCT
        file_id,
        event_name,
        event_date,
        field_path,
        -- In the text of a payload: the name in quotes, a colon, and the value; _ stands for either quote.
        '%_' || REPLACE(CASE WHEN LOWER(field_path) LIKE 'items[].%' THEN SUBSTR(field_path, 9) ELSE field_path END, ' ', '') || '_:' AS field_pattern
    FROM payload_field_counts
    WHERE state = 'value' AND field_path <> '' AND personal_count > 0
),

-- Digits are all alike and what parts a card number's is gone: sixteen (or fifteen, or thirteen) in a row.
texts AS (
    SELECT
        fields.event_name || ' ' || fields.field_path AS subject,
        fields.field_path,
        fields.field_pattern,
        raw_events.event_id,
        LOWER(REPLACE(payloads.payload, ' ', '')) AS payload,
        REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(LOWER(payloads.payload), ' ', ''), '-', ''), '1', '0'), '2', '0'), '3', '0'), '4', '0'), '5', '0'), '6', '0'), '7', '0'), '8', '0'), '9', '0') AS digits
    FROM fields
    CROSS JOIN raw_events -- so that SQLite begins with the few fields
    JOIN payloads ON payloads.payload_key = raw_events.payload_key
    WHERE
        raw_events.file_id = fields.file_id
        AND raw_events.event_id >= fields.file_id * 4294967296
        AND raw_events.event_id < (fields.file_id + 1) * 4294967296
        AND COALESCE(raw_events.event_name, '') = fields.event_name
        AND COALESCE(raw_events.event_date, '') = fields.event_date
),

found AS (
    SELECT subject, field_path, event_id, ROW_NUMBER() OVER (PARTITION BY subject ORDER BY event_id) AS sample_number
    FROM texts
    WHERE payload LIKE LOWER(field_pattern) || '%@%' OR digits LIKE LOWER(field_pattern) || '%0000000000000%'
)

SELECT found.subject, input_files.file_name, raw_events.line_number, 'a raw value (not shown) in ' || found.field_path AS reason
FROM found
JOIN raw_events ON raw_events.event_id = found.event_id
JOIN input_files ON input_files.file_id = raw_events.file_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id, found.subject
