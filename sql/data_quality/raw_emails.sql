-- title: E-mail addresses in payloads
-- description: Payload fields that hold e-mail addresses as people write them. Where most values of a field are hashed, a raw one is a leak.
-- severity: warn
-- message: {observed} of {population} values of {subject} are e-mail addresses{beside}.
-- cause: The hashing before the export was left out, for some or for all.
-- remedy: Hash the field at its source, and delete the addresses from the exports.
-- param max_raw_emails: 0
WITH fields AS (
    SELECT
        event_name,
        field_path,
        CAST(SUM(value_count) AS BIGINT) AS value_count,
        CAST(SUM(email_count) AS BIGINT) AS email_count,
        MIN(CASE WHEN email_count > 0 THEN event_date END) AS since,
        MAX(CASE WHEN email_count > 0 THEN event_date END) AS until
    FROM payload_field_counts
    WHERE state = 'value' AND field_path <> ''
    GROUP BY event_name, field_path
)

SELECT
    event_name || ' ' || field_path AS subject,
    value_count AS population,
    email_count AS observed,
    :max_raw_emails AS expected,
    CASE WHEN email_count <= :max_raw_emails THEN 1 ELSE 0 END AS passed,
    CASE WHEN email_count * 2 < value_count THEN '; the others are not' ELSE '' END AS beside,
    since,
    until,
    email_count AS events_touched
FROM fields
ORDER BY event_name, field_path
