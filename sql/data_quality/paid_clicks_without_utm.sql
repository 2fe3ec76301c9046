-- title: Paid clicks without a campaign
-- description: Pages with a paid click id (gclid, msclkid, ...) and no utm_source: paid for, and "direct" in reports by utm_source.
-- severity: warn
-- format: observed percent 1, expected percent 1
-- needs: events with a paid click id
-- defect: click_ids_without_utm:all
-- message: {events_touched} of {population} {population:event|events} by people with a client id and a paid click id ({observed}) {events_touched:carries|carry} no utm_source.
-- cause: Auto-tagging without a tracking template, or a template that some campaigns lack.
-- remedy: Add utm_source, utm_medium and utm_campaign to the account's tracking template. Channel groups go by the click id meanwhile.
-- param max_untagged_paid_rate: 0.1
-- param sample_rows: as in exact_duplicates
WITH totals AS (
    SELECT
        COALESCE(CAST(SUM(paid_click) AS BIGINT), 0) AS paid_click,
        COALESCE(CAST(SUM(paid_click_without_utm) AS BIGINT), 0) AS paid_click_without_utm
    FROM event_counts
)

SELECT
    'page URLs' AS subject,
    paid_click AS population,
    CASE WHEN paid_click > 0 THEN CAST(paid_click_without_utm AS DOUBLE PRECISION) / paid_click END AS observed,
    :max_untagged_paid_rate AS expected,
    CASE WHEN paid_click_without_utm <= :max_untagged_paid_rate * paid_click THEN 1 ELSE 0 END AS passed,
    paid_click_without_utm AS events_touched
FROM totals

-- samples
SELECT file_name, line_number, 'a paid click without utm_source: ' || what AS reason
FROM event_lines
WHERE has_paid_click_id = 1 AND has_utm = 0 AND has_client = 1 AND is_bot = 0
ORDER BY event_id
LIMIT :sample_rows
