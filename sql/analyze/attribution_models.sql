-- title: Channels under each attribution model
-- description: The revenue that each model gives to each channel; every column adds up to all revenue, to the cent. shift is how much more
--   (or less) the last click gives than the first: a channel that loses by it opens visits that others close.
-- section: Attribution
-- chart: bar x=channel y=first_click,last_click,linear,markov top=8 without=direct
-- format: first_click money, last_click money, last_non_direct_click money, linear money, position_based money, time_decay money,
--   markov money, shift money, lowest money, highest money
WITH by_model AS (
    SELECT channel, model, CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents
    FROM attribution
    GROUP BY channel, model
),

models_there AS (
    SELECT DISTINCT model FROM attribution
),

channels AS (
    SELECT DISTINCT channel FROM attribution
),

filled AS (
    SELECT channels.channel, models_there.model, COALESCE(by_model.revenue_cents, 0) AS revenue_cents
    FROM channels
    CROSS JOIN models_there
    LEFT JOIN by_model ON by_model.channel = channels.channel AND by_model.model = models_there.model
),

pivoted AS (
    SELECT
        channel,
        MAX(CASE WHEN model = 'first_click' THEN revenue_cents END) AS first_cents,
        MAX(CASE WHEN model = 'last_click' THEN revenue_cents END) AS last_cents,
        MAX(CASE WHEN model = 'last_non_direct_click' THEN revenue_cents END) AS non_direct_cents,
        MAX(CASE WHEN model = 'linear' THEN revenue_cents END) AS linear_cents,
        MAX(CASE WHEN model = 'position_based' THEN revenue_cents END) AS position_cents,
        MAX(CASE WHEN model = 'time_decay' THEN revenue_cents END) AS decay_cents,
        MAX(CASE WHEN model = 'markov' THEN revenue_cents END) AS markov_cents,
        MIN(revenue_cents) AS lowest_cents,
        MAX(revenue_cents) AS highest_cents
    FROM filled
    GROUP BY channel
)

SELECT
    channel,
    CAST(first_cents AS DOUBLE PRECISION) / 100 AS first_click,
    CAST(last_cents AS DOUBLE PRECISION) / 100 AS last_click,
    CAST(non_direct_cents AS DOUBLE PRECISION) / 100 AS last_non_direct_click,
    CAST(linear_cents AS DOUBLE PRECISION) / 100 AS linear,
    CAST(position_cents AS DOUBLE PRECISION) / 100 AS position_based,
    CAST(decay_cents AS DOUBLE PRECISION) / 100 AS time_decay,
    CAST(markov_cents AS DOUBLE PRECISION) / 100 AS markov,
    CAST(last_cents - first_cents AS DOUBLE PRECISION) / 100 AS shift,
    CAST(lowest_cents AS DOUBLE PRECISION) / 100 AS lowest,
    CAST(highest_cents AS DOUBLE PRECISION) / 100 AS highest
FROM pivoted
ORDER BY last_cents DESC, channel
