-- title: Measures of quality
-- description: The rates that are watched day by day, for the whole and in segments, and what a change must be like to be told: its
--   direction, the least change of the rate (0.1 is ten points), the least ratio to the usual rate, and the least
--   number of records more or fewer than usual. A change must be all of that, and beyond chance as well.
--   columns_read are the columns without which there is nothing to measure: days of files that lack one are left out
--   (its absence is told by itself). Where the first days are of two levels, one after the other, first_level says which is the usual
--   one: the lower, the higher, or the earlier where neither is better (the share that one host
--   has), or where the first day has its own (all clients are new on it). asked_of says in words whose events are asked, where it is not all of them.
-- grain: one row per measure
-- key: measure
WITH measures (measure, columns_read, direction, first_level, least_change, least_ratio, least_hits, asked_of) AS (
    VALUES
        ('no_client', 'client_id', 'up', 'lower', 0.03, 1.5, 10, ''),
        ('odd_client', 'client_id', 'up', 'lower', 0.02, 2.0, 15, ' with a client id'),
        ('no_page', 'page_url', 'up', 'lower', 0.02, 1.5, 10, ''),
        ('no_user_agent', 'user_agent', 'up', 'lower', 0.02, 1.5, 10, ''),
        ('no_payload', 'event_data event_name', 'up', 'lower', 0.05, 1.5, 5, ''),
        ('no_referrer', 'referrer user_agent', 'both', 'earlier', 0.12, 1.2, 40, ' by people with a client id'),
        ('opaque_referrer', 'referrer user_agent', 'both', 'earlier', 0.12, 1.2, 40, ' by people with a client id'),
        ('with_utm', 'page_url user_agent client_id', 'both', 'earlier', 0.08, 1.3, 40, ' by people with a client id'),
        ('conflicting_utm', 'page_url user_agent client_id', 'up', 'lower', 0.02, 2.0, 20, ' by people with a client id'),
        ('paid_click_without_utm', 'page_url user_agent client_id', 'up', 'lower', 0.15, 1.3, 20, ' with a paid click id by people with a client id'),
        ('bot', 'user_agent', 'up', 'lower', 0.05, 2.0, 40, ''),
        ('crawl', 'user_agent', 'up', 'lower', 0.03, 3.0, 80, ''),
        ('near_duplicate', 'client_id event_name page_url', 'up', 'lower', 0.003, 3.0, 10, ' with a client id'),
        ('field_missing', 'event_data event_name', 'up', 'lower', 0.10, 2.0, 5, ''),
        ('one_hit_client', 'client_id user_agent', 'up', 'earlier', 0.15, 1.2, 15, ''),
        ('self_referral', 'client_id', 'up', 'earlier', 0.08, 2.0, 10, ''),
        ('step_skipped', 'client_id event_name page_url', 'up', 'earlier', 0.15, 1.5, 4, ''),
        ('step_reached', 'client_id event_name', 'both', 'higher', 0.01, 1.5, 10, ''),
        ('notation_share', '', 'up', 'earlier', 0.05, 2.0, 5, ''),
        ('share_of_events', 'page_url', 'up', 'earlier', 0.03, 2.0, 100, ''),
        ('share_lost', 'page_url', 'down', 'earlier', 0.005, 3.0, 10, '')
)

SELECT measure, columns_read, direction, first_level, least_change, least_ratio, least_hits, asked_of
FROM measures
