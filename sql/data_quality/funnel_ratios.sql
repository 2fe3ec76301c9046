-- title: Steps of the funnel: more or fewer go on
-- description: How many of the people at one step of the funnel come to the next one on the same day, against the days before: page views that
--   lead to a cart, carts that lead to a checkout, checkouts that lead to a purchase; the last two on each kind of device as well.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: vanished_event
-- defect: broken_checkout_on_device
-- follows: missing_required_columns, client_id_lost, client_id_format, one_hit_clients, unknown_events, vanished_segments, purchases_by_day, steps_skipped, bursts, near_duplicates, file_volume, records_outside_day
-- message: {subject}: {observed}, known bots aside, where {expected} is usual.
-- cause: A step of the shop or its tag broke for some, or events of a step come twice; else a price, a sale or other traffic.
-- remedy: Buy something on a phone and on a desktop and look which event is missing. If all are there, it is trade and no defect.
-- param sample_rows: as in exact_duplicates
WITH steps AS (
    SELECT
        rate_results.*,
        CASE
            WHEN LOWER(segment) LIKE 'carts that lead to a checkout%' THEN 'carts'
            WHEN LOWER(segment) LIKE 'checkouts that lead to a purchase%' THEN 'checkouts'
            ELSE segment
        END AS step,
        CASE WHEN LOWER(segment) LIKE 'carts that lead to a checkout on %' OR LOWER(segment) LIKE 'checkouts that lead to a purchase on %' THEN 1 ELSE 0 END AS is_device
    FROM rate_results
    WHERE measure = 'step_reached'
),

told AS (
    SELECT
        steps.*,
        COUNT(CASE WHEN passed = 0 AND is_device = 1 THEN 1 END) OVER (PARTITION BY step, shift, since_date) AS device_count,
        COUNT(CASE WHEN passed = 0 AND is_device = 0 THEN 1 END) OVER (PARTITION BY step, shift, since_date) AS whole_count
    FROM steps
)

-- Where one device alone is off, the whole is by it; where several are, they are by the whole.
SELECT
    subject,
    population,
    observed,
    expected,
    CASE
        WHEN passed = 0 AND is_device = 0 AND device_count = 1 THEN NULL
        WHEN passed = 0 AND is_device = 1 AND device_count > 1 AND whole_count > 0 THEN NULL
        ELSE passed
    END AS passed,
    since,
    until,
    note
FROM told
ORDER BY subject, since_date

-- samples
WITH without_cart AS (
    SELECT
        rate_results.subject,
        rate_results.since,
        rate_results.shift,
        raw_events.event_id,
        ROW_NUMBER() OVER (PARTITION BY rate_results.subject, rate_results.since ORDER BY raw_events.event_id) AS sample_number
    FROM rate_results
    CROSS JOIN raw_events -- so that SQLite begins with the few findings
    LEFT JOIN step_days ON step_days.client_key = raw_events.client_key AND step_days.event_date = raw_events.event_date
    WHERE
        rate_results.measure = 'step_reached'
        AND rate_results.passed = 0
        AND rate_results.segment = 'page views that lead to a cart'
        AND raw_events.event_date = rate_results.since_date
        AND raw_events.has_client = 1
        AND raw_events.event_name IN (SELECT raw_event_name FROM event_taxonomy WHERE event_kind = CASE WHEN rate_results.shift = 1 THEN 'cart' ELSE 'page_view' END)
        AND (rate_results.shift = 1 OR COALESCE(step_days.has_cart, 0) = 0)
),

later_steps AS (
    SELECT
        rate_results.subject,
        rate_results.since,
        rate_results.shift,
        event_order.event_id,
        ROW_NUMBER() OVER (PARTITION BY rate_results.subject, rate_results.since ORDER BY event_order.event_id) AS sample_number
    FROM rate_results
    CROSS JOIN step_days -- so that SQLite begins with the few findings
    JOIN event_order ON event_order.client_key = step_days.client_key AND event_order.event_date = step_days.event_date
    WHERE
        rate_results.measure = 'step_reached'
        AND rate_results.passed = 0
        AND step_days.event_date = rate_results.since_date
        AND CASE
            WHEN rate_results.segment IN ('carts that lead to a checkout', 'carts that lead to a checkout on ' || step_days.device_type) THEN CASE WHEN event_order.event_kind = 'cart' AND step_days.has_cart = 1 THEN step_days.has_checkout END
            WHEN rate_results.segment IN ('checkouts that lead to a purchase', 'checkouts that lead to a purchase on ' || step_days.device_type) THEN CASE WHEN event_order.event_kind = 'checkout' AND step_days.has_checkout = 1 THEN step_days.has_purchase END
        END = CASE WHEN rate_results.shift = 1 THEN 1 ELSE 0 END
),

found AS (
    SELECT * FROM without_cart
    UNION ALL
    SELECT * FROM later_steps
)

SELECT found.subject, found.since, event_lines.file_name, event_lines.line_number, CASE WHEN found.shift = 1 THEN 'went on: ' ELSE 'did not go on: ' END || event_lines.what AS reason
FROM found
JOIN event_lines ON event_lines.event_id = found.event_id
WHERE found.sample_number <= :sample_rows
ORDER BY found.event_id, found.subject
