-- title: Values written in another way
-- description: How the values of each column are written, day by day: which scheme URLs have, whether a slash ends their paths, whether
--   their parameters are hashed, whether user agents are whole, of which characters ids and names are. A way that was rare and is not any more is told;
--   client ids and times have checks of their own.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: http_page_urls
-- defect: relative_page_urls
-- defect: ports_in_page_urls
-- defect: slashes_after_paths
-- defect: bare_referrers
-- defect: cut_user_agents
-- defect: capital_event_names
-- defect: order_id_format
-- defect: product_id_format
-- defect: currency_symbols
-- defect: unhashed_referrers
-- follows: unknown_events, bot_surge, one_hit_clients
-- message: {observed} of the values of {column_name} are written in another way ({notation}); {expected} is usual.
-- cause: Another version of the tag, the shop or the export, or a proxy between them.
-- remedy: Ask what was released on that day. Values that are written in two ways are two pages, products or orders in every report: have them written in one.
-- param sample_rows: as in exact_duplicates
WITH notations AS (
    SELECT DISTINCT column_name, notation, column_name || ': ' || notation AS segment
    FROM notation_counts
)

SELECT
    rate_results.subject,
    rate_results.population,
    rate_results.observed,
    rate_results.expected,
    rate_results.passed,
    notations.column_name,
    notations.notation,
    rate_results.since,
    rate_results.until,
    rate_results.note,
    CASE WHEN notations.column_name NOT IN ('order_id', 'product_id', 'currency') THEN rate_results.events_touched END AS events_touched,
    CASE WHEN notations.column_name IN ('order_id', 'currency') THEN rate_results.events_touched END AS orders_touched
FROM rate_results
JOIN notations ON notations.segment = rate_results.segment
WHERE rate_results.measure = 'notation_share'
ORDER BY rate_results.subject, rate_results.since_date

-- samples
WITH found AS (
    SELECT
        rate_results.subject,
        rate_results.since,
        notation_counts.file_id,
        notation_counts.event_date,
        notation_counts.first_line_number,
        notation_counts.column_name || ' with ' || notation_counts.notation || ', the first of the day' AS reason,
        ROW_NUMBER() OVER (PARTITION BY rate_results.subject, rate_results.since ORDER BY notation_counts.file_id, notation_counts.event_date) AS sample_number
    FROM rate_results
    JOIN rate_findings ON
        rate_findings.measure = rate_results.measure
        AND rate_findings.segment = rate_results.segment
        AND rate_findings.since_date = rate_results.since_date
    JOIN notation_counts ON
        notation_counts.column_name || ': ' || notation_counts.notation = rate_results.segment
        AND notation_counts.event_date BETWEEN rate_findings.since_date AND rate_findings.until_date
    WHERE rate_results.measure = 'notation_share' AND rate_results.passed = 0
)

SELECT found.subject, found.since, input_files.file_name, found.first_line_number AS line_number, found.reason
FROM found
JOIN input_files ON input_files.file_id = found.file_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.file_id, found.event_date, found.first_line_number, found.subject
