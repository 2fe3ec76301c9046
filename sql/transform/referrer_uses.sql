-- title: Uses of referrers
-- description: How many records of each file name a referrer, and on which days. Apart from what kind it is, which a new file changes of none.
-- grain: one row per file and referrer
-- key: file_id, referrer_key
-- cluster: file_id, referrer_key
-- incremental: file_id
SELECT file_id, referrer_key, COUNT(*) AS event_count, MIN(event_date) AS first_date, MAX(event_date) AS last_date
FROM raw_events
WHERE referrer_key IS NOT NULL
GROUP BY file_id, referrer_key
