-- title: Steps between channels
-- description: How often visitors went from one channel to the next, whether they bought in the end or not: the counts that Markov
--   attribution rests on. A path ends with a purchase, or where no touch follows within the lookback. Channels beyond
--   the most used are one, '(other)'. No from_channel: the path starts; no to_channel: it ends.
-- grain: one row per dimension and step
-- key: step_key
-- param lookback_days: 7
-- param max_markov_channels: 100
WITH source_steps AS (
    SELECT 'utm_source' AS dimension, client_key, occurred_at_ms, 0 AS is_order, event_id AS tie, channel
    FROM touchpoints
    UNION ALL
    SELECT 'utm_source', client_key, occurred_at_ms, 1, event_id, NULL
    FROM orders
    WHERE session_number IS NOT NULL
),

source_touches AS (
    SELECT
        dimension,
        channel,
        is_order,
        LAG(is_order) OVER client_steps AS previous_is_order,
        occurred_at_ms - LAG(occurred_at_ms) OVER client_steps AS since_previous_milliseconds,
        LEAD(is_order) OVER client_steps AS next_is_order,
        LEAD(channel) OVER client_steps AS next_channel,
        LEAD(occurred_at_ms) OVER client_steps - occurred_at_ms AS to_next_milliseconds
    FROM source_steps
    WINDOW client_steps AS (PARTITION BY client_key ORDER BY occurred_at_ms, is_order, tie)
),

-- A visit with a purchase is a touch and its order in one. Who came once, as most have, is counted in one go.
group_touches AS (
    SELECT
        sessions.channel_group AS channel,
        LAG(CASE WHEN sessions.purchase_count > 0 THEN 1 ELSE 0 END) OVER client_sessions AS previous_is_order,
        sessions.started_at_ms - LAG(sessions.started_at_ms) OVER client_sessions AS since_previous_milliseconds,
        CASE WHEN sessions.purchase_count > 0 THEN 1 ELSE 0 END AS next_is_order,
        LEAD(sessions.channel_group) OVER client_sessions AS next_channel,
        CASE
            WHEN sessions.purchase_count > 0 THEN 0
            ELSE LEAD(sessions.started_at_ms) OVER client_sessions - sessions.started_at_ms
        END AS to_next_milliseconds
    FROM users
    JOIN sessions ON sessions.client_key = users.client_key
    WHERE users.session_count > 1
    WINDOW client_sessions AS (PARTITION BY sessions.client_key ORDER BY sessions.session_number)
),

single_visits AS (
    SELECT first_channel_group AS channel, CASE WHEN order_count > 0 THEN 1 ELSE 0 END AS is_conversion, COUNT(*) AS step_count
    FROM users
    WHERE session_count = 1
    GROUP BY 1, 2
),

touches AS (
    SELECT dimension, channel, previous_is_order, since_previous_milliseconds, next_is_order, next_channel, to_next_milliseconds
    FROM source_touches
    WHERE is_order = 0
    UNION ALL
    SELECT 'channel_group', channel, previous_is_order, since_previous_milliseconds, next_is_order, next_channel, to_next_milliseconds
    FROM group_touches
),

steps AS (
    SELECT
        dimension,
        channel,
        CASE WHEN previous_is_order = 0 AND since_previous_milliseconds <= :lookback_days * 86400000 THEN 0 ELSE 1 END AS is_start,
        CASE WHEN to_next_milliseconds <= :lookback_days * 86400000 THEN next_is_order ELSE 0 END AS is_conversion,
        CASE WHEN to_next_milliseconds <= :lookback_days * 86400000 AND next_is_order = 0 THEN next_channel END AS next_channel,
        COUNT(*) AS step_count
    FROM touches
    GROUP BY 1, 2, 3, 4, 5
    UNION ALL
    SELECT 'channel_group', channel, 1, is_conversion, NULL, step_count
    FROM single_visits
),

ranked AS (
    SELECT dimension, channel, ROW_NUMBER() OVER (PARTITION BY dimension ORDER BY SUM(step_count) DESC, channel) AS channel_rank
    FROM steps
    GROUP BY dimension, channel
),

states AS (
    SELECT dimension, channel, CASE WHEN channel_rank <= :max_markov_channels THEN channel ELSE '(other)' END AS state
    FROM ranked
),

transitions AS (
    SELECT steps.dimension, NULL AS from_channel, states.state AS to_channel, 0 AS is_conversion, steps.step_count
    FROM steps
    JOIN states ON states.dimension = steps.dimension AND states.channel = steps.channel
    WHERE steps.is_start = 1
    UNION ALL
    SELECT steps.dimension, states.state, next_states.state, steps.is_conversion, steps.step_count
    FROM steps
    JOIN states ON states.dimension = steps.dimension AND states.channel = steps.channel
    LEFT JOIN states AS next_states ON next_states.dimension = steps.dimension AND next_states.channel = steps.next_channel
)

SELECT
    ROW_NUMBER() OVER (ORDER BY dimension, from_channel NULLS FIRST, to_channel NULLS FIRST, is_conversion) AS step_key,
    dimension,
    from_channel,
    to_channel,
    is_conversion,
    CAST(SUM(step_count) AS BIGINT) AS transition_count
FROM transitions
GROUP BY dimension, from_channel, to_channel, is_conversion
