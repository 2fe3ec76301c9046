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
