-- title: Columns of an export
-- description: The columns that Clickpath reads, how bad it is when a file lacks one, and what is then not known.
-- grain: one row per canonical column
-- key: canonical_name
WITH columns_known (canonical_name, is_required, what_is_lost) AS (
    VALUES
        ('client_id', 1, 'sessions, users, conversion and attribution'),
        ('page_url', 1, 'channels, landing pages and attribution'),
        ('timestamp', 1, 'days, sessions and attribution'),
        ('event_name', 1, 'carts, checkouts, purchases and revenue'),
        ('event_data', 1, 'revenue, orders and products'),
        ('referrer', 0, 'organic, referral and self-referral traffic'),
        ('user_agent', 0, 'devices and bots')
)

SELECT canonical_name, is_required, what_is_lost
FROM columns_known
