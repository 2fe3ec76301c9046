-- title: Landing pages
-- description: The pages on which visits begin: sessions, bounces (one event and gone), conversion with its 95% Wilson interval, revenue.
--   Pages below the least number of sessions are added up in one line, so that the revenue is whole. rank_by_rate is among the
--   pages named. Known bots are left out of sessions and rates.
-- section: Site
-- chart: scatter x=sessions y=conversion_rate label=landing_page
-- format: sessions integer, bounce_rate percent 1, purchases integer, conversion_rate percent 2, low_rate percent 2, high_rate percent 2,
--   revenue money, revenue_per_session money, rank_by_rate integer
-- param least_page_sessions: 100
WITH paths AS (
    SELECT
        landing_path,
        CAST(SUM(CASE WHEN is_bot = 0 THEN sessions ELSE 0 END) AS BIGINT) AS sessions,
        CAST(SUM(CASE WHEN is_bot = 0 THEN bounces ELSE 0 END) AS BIGINT) AS bounces,
        CAST(SUM(CASE WHEN is_bot = 0 THEN buying_sessions ELSE 0 END) AS BIGINT) AS buying_sessions,
        CAST(SUM(orders) AS BIGINT) AS purchases,
        CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents
    FROM landing_counts
    GROUP BY landing_path
    UNION ALL
    -- Orders of no visit, as their client or time is not known, began on no page.
    SELECT '(no visit)', 0, 0, 0, COUNT(*), CAST(SUM(revenue_cents) AS BIGINT)
    FROM orders
    WHERE session_number IS NULL
    HAVING COUNT(*) > 0
),

named AS (
    SELECT
        CASE WHEN sessions >= :least_page_sessions THEN landing_path ELSE '(all other pages)' END AS landing_page,
        CASE WHEN sessions >= :least_page_sessions THEN 0 ELSE 1 END AS is_rest,
        sessions,
        bounces,
        buying_sessions,
        purchases,
        revenue_cents
    FROM paths
),

pages_named AS (
    SELECT
        landing_page,
        is_rest,
        CAST(SUM(sessions) AS BIGINT) AS sessions,
        CAST(SUM(bounces) AS BIGINT) AS bounces,
        CAST(SUM(buying_sessions) AS BIGINT) AS buying_sessions,
        CAST(SUM(purchases) AS BIGINT) AS purchases,
        CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents
    FROM named
    GROUP BY landing_page, is_rest
),

rates AS (
    SELECT
        pages_named.*,
        CAST(NULLIF(sessions, 0) AS DOUBLE PRECISION) AS n,
        CAST(buying_sessions AS DOUBLE PRECISION) / NULLIF(sessions, 0) AS conversion_rate
    FROM pages_named
)

SELECT
    landing_page,
    sessions,
    CAST(bounces AS DOUBLE PRECISION) / n AS bounce_rate,
    purchases,
    conversion_rate,
    (conversion_rate + 1.9208 / n - 1.96 * SQRT((conversion_rate * (1 - conversion_rate) + 0.9604 / n) / n)) / (1 + 3.8416 / n) AS low_rate,
    (conversion_rate + 1.9208 / n + 1.96 * SQRT((conversion_rate * (1 - conversion_rate) + 0.9604 / n) / n)) / (1 + 3.8416 / n) AS high_rate,
    CAST(revenue_cents AS DOUBLE PRECISION) / 100 AS revenue,
    CAST(revenue_cents AS DOUBLE PRECISION) / 100 / n AS revenue_per_session,
    CASE WHEN is_rest = 0 THEN RANK() OVER (ORDER BY is_rest, conversion_rate DESC NULLS LAST) END AS rank_by_rate
FROM rates
ORDER BY is_rest, sessions DESC, landing_page
