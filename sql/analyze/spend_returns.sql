-- title: What ad spend brings back
-- description: For each channel of spend.csv its spend, the revenue that the last click and the least and most generous attribution model give
--   it, and the revenue for each 1 spent. low_return and high_return allow for chance as well: the 95% score interval of a Poisson
--   count, by as many orders as carry the same spread as these, below the least generous model and above the most. Revenue is
--   not profit: what the goods cost is not known here. Without a spend.csv beside the events it is empty.
-- section: Attribution
-- chart: bar x=channel y=return_on_spend low=low_return high=high_return title="Revenue for each 1 spent"
-- format: day_count integer, spend money, orders decimal 1, revenue money, lowest_revenue money, highest_revenue money, return_on_spend decimal 2,
--   lowest_return decimal 2, highest_return decimal 2, low_return decimal 2, high_return decimal 2
-- order: 6
WITH sales AS (
    SELECT
        CAST(COUNT(*) AS DOUBLE PRECISION) AS orders,
        CAST(SUM(revenue_cents) AS DOUBLE PRECISION) / 100 AS revenue,
        -- In whole units of money, so that squares of them have room.
        CAST(SUM(((revenue_cents - revenue_cents % 100) / 100) * ((revenue_cents - revenue_cents % 100) / 100)) AS DOUBLE PRECISION) AS squares
    FROM orders
),

by_channel AS (
    SELECT
        channel,
        MAX(day_count) AS day_count,
        MAX(spend) AS spend,
        MAX(CASE WHEN model = 'last_click' THEN orders END) AS orders,
        MAX(CASE WHEN model = 'last_click' THEN revenue END) AS revenue,
        MIN(revenue) AS lowest_revenue,
        MAX(revenue) AS highest_revenue
    FROM ad_spend
    GROUP BY channel
),

-- What one order weighs by chance: its mean revenue, and more where a few large ones carry it.
weighed AS (
    SELECT by_channel.*, sales.squares / NULLIF(sales.revenue, 0) AS unit
    FROM by_channel
    CROSS JOIN sales
)

SELECT
    channel,
    day_count,
    spend,
    orders,
    revenue,
    lowest_revenue,
    highest_revenue,
    revenue / NULLIF(spend, 0) AS return_on_spend,
    lowest_revenue / NULLIF(spend, 0) AS lowest_return,
    highest_revenue / NULLIF(spend, 0) AS highest_return,
    (lowest_revenue + unit * (1.9208 - 1.96 * SQRT(lowest_revenue / unit + 0.9604))) / NULLIF(spend, 0) AS low_return,
    (highest_revenue + unit * (1.9208 + 1.96 * SQRT(highest_revenue / unit + 0.9604))) / NULLIF(spend, 0) AS high_return
FROM weighed
WHERE unit > 0 AND lowest_revenue >= 0
ORDER BY spend DESC, channel
