-- title: Return on ad spend
-- description: What each channel of spend.csv cost on the days of the export, beside what each model credits it with: cost per order and
--   revenue per unit of spend. A channel there is a channel group where one of that name has credit, else a utm_source;
--   letters' case is ignored. Orders and revenue are those of all days of the export: where day_count is fewer, spend.csv may
--   not cover them. Empty where there is no spend.csv. Cost per order is NULL where a channel has no order.
-- grain: one row per model and channel of spend.csv
-- key: model, channel
-- export: parquet
WITH spent AS (
    SELECT
        LOWER(spend.channel) AS channel_key,
        MIN(spend.channel) AS channel,
        COUNT(DISTINCT spend.spend_date) AS day_count,
        CAST(SUM(spend.amount_cents) AS BIGINT) AS spend_cents
    FROM spend
    JOIN calendar ON calendar.event_date = spend.spend_date
    GROUP BY LOWER(spend.channel)
),

credited AS (
    SELECT
        dimension,
        model,
        LOWER(channel) AS channel_key,
        CAST(SUM(credit_millionths) AS BIGINT) AS credit_millionths,
        CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents
    FROM attribution_credits
    GROUP BY dimension, model, LOWER(channel)
),

group_channels AS (
    SELECT DISTINCT channel_key
    FROM credited
    WHERE dimension = 'channel_group'
),

models AS (
    SELECT DISTINCT model
    FROM credited
),

spent_by_model AS (
    SELECT
        spent.*,
        models.model,
        CASE WHEN group_channels.channel_key IS NULL THEN 'utm_source' ELSE 'channel_group' END AS dimension
    FROM spent
    CROSS JOIN models
    LEFT JOIN group_channels ON group_channels.channel_key = spent.channel_key
)

SELECT
    spent_by_model.model,
    spent_by_model.channel,
    spent_by_model.dimension,
    spent_by_model.day_count,
    spent_by_model.spend_cents,
    COALESCE(credited.credit_millionths, 0) AS credit_millionths,
    COALESCE(credited.revenue_cents, 0) AS revenue_cents,
    CAST(spent_by_model.spend_cents AS DOUBLE PRECISION) * 10000 / NULLIF(credited.credit_millionths, 0) AS cost_per_order,
    CAST(COALESCE(credited.revenue_cents, 0) AS DOUBLE PRECISION) / NULLIF(spent_by_model.spend_cents, 0) AS return_on_spend
FROM spent_by_model
LEFT JOIN credited ON
    credited.dimension = spent_by_model.dimension
    AND credited.model = spent_by_model.model
    AND credited.channel_key = spent_by_model.channel_key
