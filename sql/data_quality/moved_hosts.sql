-- title: Hosts that moved
-- description: A host that has lost its events on the day on which another gained as many: the shop, or a part of it, moved.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1, left_rate percent 1, usual_from_rate percent 1
-- defect: moved_host
-- message: The events of host {from_host} moved to host {subject}: it has {observed} of all events, where {expected} was usual, and {from_host} has {left_rate} instead of {usual_from_rate}.
-- cause: The shop is at another address, or a test system's tag took the place of the shop's.
-- remedy: See that the cookie, the list of own hosts in the tag (or its visits count as referrals from the old address) and the advertising links moved as well.
-- param sample_rows: as in exact_duplicates
WITH hosts AS (
    SELECT
        COUNT(DISTINCT segment) AS host_count,
        COALESCE(CAST(SUM(hits) AS BIGINT), 0) AS event_count
    FROM rate_walk
    WHERE measure = 'share_of_events' AND segment_kind = 'host'
)

SELECT
    COALESCE(host_moves.to_host, 'hosts') AS subject,
    hosts.event_count AS population,
    host_moves.rate AS observed,
    host_moves.usual_to_rate AS expected,
    CASE WHEN host_moves.to_host IS NULL THEN 1 ELSE 0 END AS passed,
    host_moves.from_host,
    host_moves.left_rate,
    host_moves.usual_from_rate,
    host_moves.since,
    host_moves.until,
    rate_results.note,
    host_moves.hits AS events_touched
FROM hosts
LEFT JOIN host_moves ON host_moves.measure = 'share_of_events'
LEFT JOIN rate_results ON
    rate_results.measure = 'share_of_events'
    AND rate_results.segment_kind = 'host'
    AND rate_results.segment = host_moves.to_host
    AND rate_results.since_date = host_moves.since_date
ORDER BY 1, host_moves.since

-- samples
WITH found AS (
    SELECT
        host_moves.to_host,
        host_moves.since,
        raw_events.event_id,
        ROW_NUMBER() OVER (PARTITION BY host_moves.to_host, host_moves.since_date ORDER BY raw_events.event_id) AS sample_number
    FROM host_moves
    CROSS JOIN raw_events -- so that SQLite begins with the few moves
    JOIN page_groups ON page_groups.place_key = raw_events.place_key
    WHERE host_moves.measure = 'share_of_events' AND raw_events.event_date = host_moves.since_date AND page_groups.host_group = host_moves.to_host
)

SELECT found.to_host AS subject, found.since, event_lines.file_name, event_lines.line_number, event_lines.what AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id, found.to_host
