-- title: Measures of quality
-- description: The rates that are watched day by day, for the whole and in segments, and what a change must be like to be told: its
--   direction, the least change of the rate (0.1 is ten points), the least ratio to the usual rate, and the least
--   number of records more or fewer than usual. A change must be all of that, and beyond chance as well.
-- grain: one row per measure
-- key: measure
WITH measures (measure, direction, least_change, least_ratio, least_hits) AS (
    VALUES
        ('no_client', 'up', 0.03, 1.5, 20),
        ('odd_client', 'up', 0.02, 2.0, 15),
        ('no_page', 'up', 0.02, 1.5, 20),
        ('no_user_agent', 'up', 0.02, 1.5, 20),
        ('no_payload', 'up', 0.05, 1.5, 10),
        ('no_referrer', 'both', 0.12, 1.2, 40),
        ('opaque_referrer', 'both', 0.12, 1.2, 40),
        ('with_utm', 'both', 0.08, 1.3, 40),
        ('conflicting_utm', 'up', 0.02, 2.0, 20),
        ('paid_click_without_utm', 'up', 0.15, 1.3, 20),
        ('bot', 'up', 0.05, 2.0, 40),
        ('near_duplicate', 'up', 0.003, 3.0, 10),
        ('field_missing', 'up', 0.10, 2.0, 5),
        ('share_of_events', 'up', 0.03, 2.0, 40),
        ('share_lost', 'down', 0.005, 3.0, 12)
)

SELECT measure, direction, least_change, least_ratio, least_hits
FROM measures
