-- title: Steps between channels
-- description: How often visitors went from one channel to the next, whether they bought in the end or not: the counts that Markov
--   attribution rests on. A path ends with a purchase, or where no touch follows within the lookback. Channels beyond
--   the most used are one, '(other)'. No from_channel: the path starts; no to_channel: it ends.
-- grain: one row per dimension and step
-- key: step_key
-- effort: 2
-- param lookback_days: 7
-- param max_markov_channels: 100
WITH converting_touches AS (
    SELECT DISTINCT touch_event_id
    FROM order_touches
    WHERE dimension = 'utm_source' AND touch_number = touch_count
),

with_next AS (
    SELECT
        event_id,
        channel,
        LEAD(channel) OVER client_touches AS next_channel,
        LEAD(occurred_at_ms) OVER client_touches - occurred_at_ms AS to_next_milliseconds
    FROM touchpoints
    WINDOW client_touches AS (PARTITION BY client_key ORDER BY occurred_at_ms, event_id)
),

source_touches AS (
    SELECT
        with_next.channel,
        CASE WHEN converting_touches.touch_event_id IS NULL THEN 0 ELSE 1 END AS is_conversion,
        CASE
            WHEN converting_touches.touch_event_id IS NULL AND with_next.to_next_milliseconds <= :lookback_days * 86400000 THEN with_next.next_channel
        END AS next_channel,
        COUNT(*) AS touch_count
    FROM with_next
    LEFT JOIN converting_touches ON converting_touches.touch_event_id = with_next.event_id
    GROUP BY 1, 2, 3
),

-- A visit with a purchase is a touch and its order in one.
touches AS (
    SELECT 'utm_source' AS dimension, channel, is_conversion, touch_count
    FROM source_touches
    UNION ALL
    SELECT 'channel_group', channel_group, 0, sessions - buying_sessions
    FROM session_counts
    UNION ALL
    SELECT 'channel_group', channel_group, 1, buying_sessions
    FROM session_counts
),

moves AS (
    SELECT 'utm_source' AS dimension, channel, next_channel, touch_count AS move_count
    FROM source_touches
    WHERE next_channel IS NOT NULL
    UNION ALL
    SELECT 'channel_group', earlier.channel_group, later.channel_group, COUNT(*)
    FROM sessions AS later
    CROSS JOIN sessions AS earlier -- so that SQLite looks up the visit before, of the few who came back
    WHERE later.session_number > 1
        AND earlier.client_key = later.client_key
        AND earlier.session_number = later.session_number - 1
        AND earlier.purchase_count = 0
        AND later.started_at_ms - earlier.started_at_ms <= :lookback_days * 86400000
    GROUP BY earlier.channel_group, later.channel_group
),

ranked AS (
    SELECT dimension, channel, ROW_NUMBER() OVER (PARTITION BY dimension ORDER BY SUM(touch_count) DESC, channel) AS channel_rank
    FROM touches
    GROUP BY dimension, channel
),

states AS (
    SELECT dimension, channel, CASE WHEN channel_rank <= :max_markov_channels THEN channel ELSE '(other)' END AS state
    FROM ranked
),

-- Every touch starts a path and ends it, but for those that another follows: a move takes an end and a start away.
transitions AS (
    SELECT states.dimension, NULL AS from_channel, states.state AS to_channel, 0 AS is_conversion, touches.touch_count AS step_count
    FROM touches
    JOIN states ON states.dimension = touches.dimension AND states.channel = touches.channel
    UNION ALL
    SELECT states.dimension, states.state, NULL, touches.is_conversion, touches.touch_count
    FROM touches
    JOIN states ON states.dimension = touches.dimension AND states.channel = touches.channel
    UNION ALL
    SELECT states.dimension, states.state, next_states.state, 0, moves.move_count
    FROM moves
    JOIN states ON states.dimension = moves.dimension AND states.channel = moves.channel
    JOIN states AS next_states ON next_states.dimension = moves.dimension AND next_states.channel = moves.next_channel
    UNION ALL
    SELECT states.dimension, NULL, states.state, 0, -moves.move_count
    FROM moves
    JOIN states ON states.dimension = moves.dimension AND states.channel = moves.next_channel
    UNION ALL
    SELECT states.dimension, states.state, NULL, 0, -moves.move_count
    FROM moves
    JOIN states ON states.dimension = moves.dimension AND states.channel = moves.channel
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
HAVING SUM(step_count) > 0
