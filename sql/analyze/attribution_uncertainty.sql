-- title: How sure the channels' revenue is
-- description: The last click's revenue of the largest channels, and three ways in which it is unsure. Chance: a 95% interval by Poisson
--   bootstrap over the orders (seeded, the same in every run). Model: the least and the most that any attribution model gives.
--   Evidence: without_evidence is what the channel would have if every order without a tagged click were its own; such an
--   order may be anybody's. Over fewer than some hundred orders the
--   intervals are a sketch.
-- section: Attribution
-- chart: bar x=channel y=revenue low=low_revenue high=high_revenue
-- format: orders integer, revenue money, low_revenue money 0, high_revenue money 0, lowest_model money, highest_model money,
--   without_evidence money, share percent 1, low_share percent 1, high_share percent 1
-- param bootstrap_rounds: 400
-- param bootstrap_seed: 20250223
-- param bootstrap_blocks: 400
-- param most_channels: 12
WITH by_channel AS (
    SELECT
        last_click_channel AS channel,
        COUNT(*) AS orders,
        CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents
    FROM purchase_attribution
    GROUP BY last_click_channel
),

ranked AS (
    SELECT by_channel.*, ROW_NUMBER() OVER (ORDER BY revenue_cents DESC, channel) AS channel_number
    FROM by_channel
),

numbered AS (
    SELECT
        purchase_attribution.revenue_cents,
        purchase_attribution.last_click_channel,
        ROW_NUMBER() OVER (ORDER BY order_key) % :bootstrap_blocks AS block_number
    FROM purchase_attribution
),

-- Where there are many orders they are drawn in blocks of every 400th, which is as good and does not grow.
blocks AS (
    SELECT
        CASE WHEN ranked.channel_number <= :most_channels THEN ranked.channel_number ELSE 0 END AS channel_number,
        numbered.block_number,
        CAST(SUM(numbered.revenue_cents) AS BIGINT) AS revenue_cents
    FROM numbered
    JOIN ranked ON ranked.channel = numbered.last_click_channel
    GROUP BY CASE WHEN ranked.channel_number <= :most_channels THEN ranked.channel_number ELSE 0 END, numbered.block_number
),

digits (digit) AS (
    VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)
),

rounds AS (
    SELECT CAST(hundreds.digit * 100 + tens.digit * 10 + ones.digit AS BIGINT) AS round_number
    FROM digits AS hundreds
    CROSS JOIN digits AS tens
    CROSS JOIN digits AS ones
    WHERE hundreds.digit * 100 + tens.digit * 10 + ones.digit < :bootstrap_rounds
),

-- A number below the prime 2^31 - 1 for each block and round, mixed by squaring twice: the same on every engine.
hashed AS (
    SELECT
        block_numbers.block_number,
        rounds.round_number,
        ((block_numbers.block_number * 48271 + rounds.round_number * 40692017 + :bootstrap_seed) % 2147483647) AS h
    FROM (SELECT DISTINCT block_number FROM blocks) AS block_numbers
    CROSS JOIN rounds
),

mixed AS (
    SELECT block_number, round_number, ((h * h + 1013904223) % 2147483647) AS h FROM hashed
),

mixed_again AS MATERIALIZED (
    SELECT block_number, round_number, ((h * (h + 69069) + 907633385) % 2147483647) AS h FROM mixed
),

-- How often the block is drawn: Poisson with mean 1, by its cumulative shares of 2^31 - 1.
weights AS (
    SELECT
        block_number,
        round_number,
        CASE
            WHEN h < 1580030168 THEN 1
            WHEN h < 1975037710 THEN 2
            WHEN h < 2106706891 THEN 3
            WHEN h < 2139624186 THEN 4
            WHEN h < 2146207645 THEN 5
            ELSE 6
        END AS weight
    FROM mixed_again
    WHERE h >= 790015084 -- below, it is not drawn
),

drawn AS (
    SELECT
        blocks.channel_number,
        weights.round_number,
        CAST(SUM(blocks.revenue_cents * weights.weight) AS BIGINT) AS revenue_cents
    FROM weights
    CROSS JOIN blocks
    WHERE blocks.block_number = weights.block_number
    GROUP BY blocks.channel_number, weights.round_number
),

drawn_totals AS (
    SELECT round_number, CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents FROM drawn GROUP BY round_number
),

-- A channel that a round does not draw has nothing in it.
drawn_shares AS (
    SELECT
        ranked.channel_number,
        drawn_totals.round_number,
        CAST(COALESCE(drawn.revenue_cents, 0) AS DOUBLE PRECISION) / NULLIF(drawn_totals.revenue_cents, 0) AS share
    FROM ranked
    CROSS JOIN drawn_totals
    LEFT JOIN drawn ON drawn.channel_number = ranked.channel_number AND drawn.round_number = drawn_totals.round_number
    WHERE ranked.channel_number <= :most_channels
),

ordered AS (
    SELECT
        channel_number,
        share,
        ROW_NUMBER() OVER (PARTITION BY channel_number ORDER BY share NULLS FIRST, round_number) AS share_rank
    FROM drawn_shares
),

intervals AS (
    SELECT
        channel_number,
        MAX(CASE WHEN share_rank = (:bootstrap_rounds - :bootstrap_rounds % 40) / 40 THEN share END) AS low_share,
        MAX(CASE WHEN share_rank = :bootstrap_rounds + 1 - (:bootstrap_rounds - :bootstrap_rounds % 40) / 40 THEN share END) AS high_share
    FROM ordered
    GROUP BY channel_number
),

totals AS (
    SELECT
        CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents,
        CAST(COALESCE(SUM(CASE WHEN conversion_type = 'pure_direct' THEN revenue_cents END), 0) AS BIGINT) AS direct_cents
    FROM purchase_attribution
)

SELECT
    ranked.channel,
    ranked.orders,
    CAST(ranked.revenue_cents AS DOUBLE PRECISION) / 100 AS revenue,
    CAST(totals.revenue_cents AS DOUBLE PRECISION) / 100 * intervals.low_share AS low_revenue,
    CAST(totals.revenue_cents AS DOUBLE PRECISION) / 100 * intervals.high_share AS high_revenue,
    attribution_models.lowest AS lowest_model,
    attribution_models.highest AS highest_model,
    CASE WHEN ranked.channel <> 'direct' THEN CAST(ranked.revenue_cents + totals.direct_cents AS DOUBLE PRECISION) / 100 END AS without_evidence,
    CAST(ranked.revenue_cents AS DOUBLE PRECISION) / NULLIF(totals.revenue_cents, 0) AS share,
    intervals.low_share,
    intervals.high_share
FROM ranked
CROSS JOIN totals
JOIN intervals ON intervals.channel_number = ranked.channel_number
JOIN attribution_models ON attribution_models.channel = ranked.channel
WHERE ranked.channel_number <= :most_channels
ORDER BY ranked.channel_number
