-- title: Steps of the funnel: more or fewer go on
-- description: How many of the people at one step of the funnel come to the next one on the same day, against the days before: page views that
--   lead to a cart, carts that lead to a checkout, checkouts that lead to a purchase.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: vanished_event
-- defect: broken_checkout_on_device
-- follows: missing_required_columns, client_id_lost, client_id_format, one_hit_clients, unknown_events, vanished_segments, purchases_by_day, steps_skipped, bursts, near_duplicates, file_volume, records_outside_day
-- message: {subject}: {observed}, where {expected} is usual.
-- cause: A step of the shop or its tag broke for some, or events of a step come twice; else a price, a sale or other traffic.
-- remedy: Buy something on a phone and on a desktop and look which event is missing. If all are there, it is trade and no defect.
SELECT
    subject,
    population,
    observed,
    expected,
    passed,
    since,
    until,
    note
FROM rate_results
WHERE measure = 'step_reached'
ORDER BY subject, since_date
