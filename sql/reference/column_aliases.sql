-- title: Other names of columns
-- description: Names that exports give to the columns that Clickpath reads. The loader reads this table before it reads a file; names are
--   compared without case and punctuation, and a column under its own name goes before one under another. To teach
--   Clickpath a name, add a row, or accept the repair that the quality report proposes.
-- grain: one row per name
-- key: raw_name
-- read_by: the loader, before it reads a file
WITH names (raw_name, canonical_name) AS (
    VALUES
        ('user_pseudo_id', 'client_id'),
        ('anonymous_id', 'client_id'),
        ('page_location', 'page_url'),
        ('page_referrer', 'referrer'),
        ('referer', 'referrer'),
        ('event_timestamp', 'timestamp')
)

SELECT raw_name, canonical_name
FROM names
