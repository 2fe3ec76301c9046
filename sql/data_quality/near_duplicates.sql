-- title: Events sent twice
-- description: The same client, event and page again within a second: such pairs are two events in every count. A share
--   of max_near_duplicate_share is told where it is there on all days alike, too.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 2, expected percent 2
-- defect: near_duplicates
-- defect: doubled_tag
-- message: {observed} of {events_of} repeat the one before within a second; {expected} is usual. The copies count.
-- cause: A tag that is on the page twice, or that fires on two triggers.
-- remedy: Remove the second tag or trigger. Page views and steps of the funnel are too high by this share; sessions and revenue are not touched.
-- param max_near_duplicate_share: 0.02
-- param sample_rows: as in exact_duplicates
SELECT
    subject,
    population,
    observed,
    CASE WHEN passed = 1 AND observed > :max_near_duplicate_share THEN :max_near_duplicate_share ELSE expected END AS expected,
    CASE WHEN passed = 1 AND observed > :max_near_duplicate_share THEN 0 ELSE passed END AS passed,
    CASE
        WHEN passed = 1 AND observed > :max_near_duplicate_share
            THEN '{observed} of {events_of} repeat the one before within a second, on all days alike; {expected} is the most that passes. The copies count.'
    END AS message,
    events_of,
    since,
    until,
    note,
    CASE WHEN passed = 1 AND observed > :max_near_duplicate_share THEN CAST(FLOOR(observed * population + 0.5) AS BIGINT) ELSE events_touched END AS events_touched
FROM rate_results
WHERE measure = 'near_duplicate'
ORDER BY subject, since_date

-- samples
WITH found AS (
    SELECT
        rate_results.subject,
        rate_results.since,
        near_duplicates.event_id,
        near_duplicates.gap_ms,
        ROW_NUMBER() OVER (PARTITION BY rate_results.subject, rate_results.since ORDER BY near_duplicates.event_id) AS sample_number
    FROM rate_results
    JOIN rate_findings ON
        rate_findings.measure = rate_results.measure
        AND rate_findings.segment = rate_results.segment
        AND rate_findings.since_date = rate_results.since_date
    CROSS JOIN near_duplicates -- so that SQLite begins with the few findings
    JOIN raw_events ON raw_events.event_id = near_duplicates.event_id
    WHERE
        rate_results.measure = 'near_duplicate'
        AND rate_results.passed = 0
        AND near_duplicates.event_id >= rate_findings.first_event_id
        AND near_duplicates.event_id < rate_findings.end_event_id
        AND raw_events.event_date BETWEEN rate_results.since_date AND rate_results.since_date -- not =, for which SQLite would sort all records first
        AND near_duplicates.has_page = 1
        AND near_duplicates.gap_ms > 0
    UNION ALL
    SELECT
        rate_results.subject,
        rate_results.since,
        near_duplicates.event_id,
        near_duplicates.gap_ms,
        ROW_NUMBER() OVER (ORDER BY near_duplicates.event_id)
    FROM rate_results
    CROSS JOIN near_duplicates
    WHERE
        rate_results.measure = 'near_duplicate'
        AND rate_results.passed = 1
        AND rate_results.observed > :max_near_duplicate_share
        AND near_duplicates.has_page = 1
        AND near_duplicates.gap_ms > 0
)

SELECT found.subject, found.since, event_lines.file_name, event_lines.line_number, 'repeats the event before after ' || CAST(found.gap_ms AS TEXT) || ' ms' AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id
