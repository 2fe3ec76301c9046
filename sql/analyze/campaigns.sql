-- title: Campaigns
-- description: Sessions by utm_campaign with their conversion rate and its 95% Wilson interval, and the orders and revenue whose last click
--   carried it. Campaigns below the least number of sessions have no rate; orders without a tagged click stand as (direct), those
--   whose last click names no campaign as (no campaign), so that the revenue is whole. Known bots are left out of the sessions.
-- section: Channels
-- chart: bar x=campaign y=revenue top=12 without="(direct)"
-- format: sessions integer, conversion_rate percent 2, low_rate percent 2, high_rate percent 2, purchases integer, revenue money
-- param least_channel_sessions: 100
WITH visits AS (
    SELECT
        CASE WHEN campaign <> '' THEN campaign ELSE '(no campaign)' END AS campaign,
        COUNT(*) AS sessions,
        COUNT(CASE WHEN purchase_count > 0 THEN 1 END) AS buying_sessions
    FROM sessions
    WHERE is_bot = 0 AND (campaign <> '' OR channel <> 'direct')
    GROUP BY CASE WHEN campaign <> '' THEN campaign ELSE '(no campaign)' END
),

last_clicks AS (
    SELECT
        purchase_attribution.order_key,
        touchpoints.utm_campaign,
        ROW_NUMBER() OVER (PARTITION BY purchase_attribution.order_key ORDER BY touchpoints.event_id DESC) AS click_from_last
    FROM purchase_attribution
    JOIN touchpoints ON
        touchpoints.client_key = purchase_attribution.client_key
        AND touchpoints.occurred_at_ms = purchase_attribution.last_click_at_ms
),

order_campaigns AS (
    SELECT order_key, utm_campaign
    FROM last_clicks
    WHERE click_from_last = 1 AND utm_campaign <> ''
),

order_names AS (
    SELECT
        purchase_attribution.revenue_cents,
        CASE
            WHEN purchase_attribution.touch_count = 0 THEN '(direct)'
            ELSE COALESCE(order_campaigns.utm_campaign, '(no campaign)')
        END AS campaign
    FROM purchase_attribution
    LEFT JOIN order_campaigns ON order_campaigns.order_key = purchase_attribution.order_key
),

sales AS (
    SELECT campaign, COUNT(*) AS purchases, CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents
    FROM order_names
    GROUP BY campaign
),

campaigns_there AS (
    SELECT campaign FROM visits
    UNION
    SELECT campaign FROM sales
),

joined AS (
    SELECT
        campaigns_there.campaign,
        COALESCE(visits.sessions, 0) AS sessions,
        COALESCE(sales.purchases, 0) AS purchases,
        COALESCE(sales.revenue_cents, 0) AS revenue_cents,
        CASE WHEN visits.sessions >= :least_channel_sessions THEN CAST(visits.sessions AS DOUBLE PRECISION) END AS n,
        CASE WHEN visits.sessions >= :least_channel_sessions THEN CAST(visits.buying_sessions AS DOUBLE PRECISION) / visits.sessions END AS conversion_rate
    FROM campaigns_there
    LEFT JOIN visits ON visits.campaign = campaigns_there.campaign
    LEFT JOIN sales ON sales.campaign = campaigns_there.campaign
)

SELECT
    campaign,
    sessions,
    purchases,
    CAST(revenue_cents AS DOUBLE PRECISION) / 100 AS revenue,
    conversion_rate,
    (conversion_rate + 1.9208 / n - 1.96 * SQRT((conversion_rate * (1 - conversion_rate) + 0.9604 / n) / n)) / (1 + 3.8416 / n) AS low_rate,
    (conversion_rate + 1.9208 / n + 1.96 * SQRT((conversion_rate * (1 - conversion_rate) + 0.9604 / n) / n)) / (1 + 3.8416 / n) AS high_rate
FROM joined
ORDER BY revenue_cents DESC, sessions DESC, campaign
