-- title: Every report adds up to the orders
-- description: Purchases and revenue by day, device, browser, system, channel under each model, channel group, campaign, landing page, kind of
--   visitor, clicks, conversion type and product are those of the orders, to the cent; and the lines of each dimension of
--   revenue_change add up to the revenue of both weeks, their parts to their changes.
-- severity: critical
-- message: {subject} adds up to {observed} (revenue in cents, purchases as a count); the orders are {expected}.
WITH order_totals AS (
    SELECT COUNT(*) AS purchases, COALESCE(CAST(SUM(revenue_cents) AS BIGINT), 0) AS revenue_cents FROM orders
),

-- Reports hold currency units as floating point: each row is taken back to whole cents before it is added.
lines AS (
    SELECT 'daily_revenue' AS report, purchases, CAST(FLOOR(revenue * 100 + 0.5) AS BIGINT) AS revenue_cents FROM daily_revenue
    UNION ALL
    SELECT 'channel_revenue_first_click', purchases, CAST(FLOOR(revenue * 100 + 0.5) AS BIGINT) FROM channel_revenue_first_click
    UNION ALL
    SELECT 'channel_revenue_last_click', purchases, CAST(FLOOR(revenue * 100 + 0.5) AS BIGINT) FROM channel_revenue_last_click
    UNION ALL
    SELECT 'revenue_by_device', purchases, CAST(FLOOR(revenue * 100 + 0.5) AS BIGINT) FROM revenue_by_device
    UNION ALL
    SELECT 'assisted_vs_direct', purchases, CAST(FLOOR(revenue * 100 + 0.5) AS BIGINT) FROM assisted_vs_direct
    UNION ALL
    SELECT 'segment_rates by ' || dimension, purchases, CAST(FLOOR(revenue * 100 + 0.5) AS BIGINT) FROM segment_rates
    UNION ALL
    SELECT 'campaigns', purchases, CAST(FLOOR(revenue * 100 + 0.5) AS BIGINT) FROM campaigns
    UNION ALL
    SELECT 'landing_pages', purchases, CAST(FLOOR(revenue * 100 + 0.5) AS BIGINT) FROM landing_pages
    UNION ALL
    SELECT 'touches_to_purchase', orders, CAST(FLOOR(revenue * 100 + 0.5) AS BIGINT) FROM touches_to_purchase
    UNION ALL
    SELECT 'ledger_steps', records, CAST(FLOOR(revenue * 100 + 0.5) AS BIGINT) FROM ledger_steps WHERE step = 'orders'
    UNION ALL
    SELECT 'top_products', NULL, CAST(FLOOR(revenue * 100 + 0.5) AS BIGINT) FROM top_products
    UNION ALL
    SELECT 'attribution_models first_click', NULL, CAST(FLOOR(first_click * 100 + 0.5) AS BIGINT) FROM attribution_models
    UNION ALL
    SELECT 'attribution_models last_click', NULL, CAST(FLOOR(last_click * 100 + 0.5) AS BIGINT) FROM attribution_models
    UNION ALL
    SELECT 'attribution_models last_non_direct_click', NULL, CAST(FLOOR(last_non_direct_click * 100 + 0.5) AS BIGINT) FROM attribution_models
    UNION ALL
    SELECT 'attribution_models linear', NULL, CAST(FLOOR(linear * 100 + 0.5) AS BIGINT) FROM attribution_models
    UNION ALL
    SELECT 'attribution_models position_based', NULL, CAST(FLOOR(position_based * 100 + 0.5) AS BIGINT) FROM attribution_models
    UNION ALL
    SELECT 'attribution_models time_decay', NULL, CAST(FLOOR(time_decay * 100 + 0.5) AS BIGINT) FROM attribution_models
    UNION ALL
    SELECT 'attribution_models markov', NULL, CAST(FLOOR(markov * 100 + 0.5) AS BIGINT) FROM attribution_models
),

reports (report, has_purchases) AS (
    VALUES
        ('daily_revenue', 1), ('channel_revenue_first_click', 1), ('channel_revenue_last_click', 1), ('revenue_by_device', 1),
        ('assisted_vs_direct', 1), ('segment_rates by channel group', 1), ('segment_rates by device', 1), ('segment_rates by browser', 1),
        ('segment_rates by operating system', 1), ('segment_rates by visitor', 1), ('campaigns', 1),
        ('landing_pages', 1), ('touches_to_purchase', 1), ('ledger_steps', 1), ('top_products', 0),
        ('attribution_models first_click', 0), ('attribution_models last_click', 0), ('attribution_models last_non_direct_click', 0),
        ('attribution_models linear', 0), ('attribution_models position_based', 0), ('attribution_models time_decay', 0),
        ('attribution_models markov', 0)
),

sums AS (
    SELECT report, CAST(SUM(purchases) AS BIGINT) AS purchases, CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents
    FROM lines
    GROUP BY report
),

-- A report without a single line adds up to nothing, which is right where there are no orders.
measured AS (
    SELECT reports.report || ' purchases' AS subject, COALESCE(sums.purchases, 0) AS observed, order_totals.purchases AS expected
    FROM reports
    CROSS JOIN order_totals
    LEFT JOIN sums ON sums.report = reports.report
    WHERE reports.has_purchases = 1
    UNION ALL
    SELECT reports.report || ' revenue', COALESCE(sums.revenue_cents, 0), order_totals.revenue_cents
    FROM reports
    CROSS JOIN order_totals
    LEFT JOIN sums ON sums.report = reports.report
),

week_totals AS (
    SELECT
        CAST(COALESCE(SUM(CASE WHEN weeks.week = 'this_week' THEN orders.revenue_cents END), 0) AS BIGINT) AS cents,
        CAST(COALESCE(SUM(CASE WHEN weeks.week = 'week_before' THEN orders.revenue_cents END), 0) AS BIGINT) AS cents_before
    FROM weeks
    JOIN orders ON orders.event_date = weeks.event_date
),

changes AS (
    SELECT
        dimension,
        CAST(SUM(CAST(FLOOR(revenue * 100 + 0.5) AS BIGINT)) AS BIGINT) AS cents,
        CAST(SUM(CAST(FLOOR(revenue_before * 100 + 0.5) AS BIGINT)) AS BIGINT) AS cents_before,
        COUNT(CASE
            WHEN from_sessions IS NOT NULL
                AND CAST(FLOOR(from_sessions * 100 + 0.5) AS BIGINT) + CAST(FLOOR(from_conversion * 100 + 0.5) AS BIGINT)
                + CAST(FLOOR(from_order_value * 100 + 0.5) AS BIGINT) <> CAST(FLOOR(change * 100 + 0.5) AS BIGINT)
            THEN 1
        END) AS lines_off
    FROM revenue_change
    GROUP BY dimension
),

all_totals AS (
    SELECT subject, observed, expected FROM measured
    UNION ALL
    SELECT 'revenue_change this week by ' || changes.dimension, changes.cents, week_totals.cents FROM changes CROSS JOIN week_totals
    UNION ALL
    SELECT 'revenue_change week before by ' || changes.dimension, changes.cents_before, week_totals.cents_before FROM changes CROSS JOIN week_totals
    UNION ALL
    SELECT 'revenue_change lines whose parts do not add up by ' || dimension, lines_off, 0 FROM changes
)

SELECT subject, 1 AS population, observed, expected, CASE WHEN observed = expected THEN 1 ELSE 0 END AS passed
FROM all_totals
ORDER BY subject
