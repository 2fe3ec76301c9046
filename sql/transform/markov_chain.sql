-- title: Markov chain
-- description: The chain that the steps between channels make, solved: how likely a visitor buys from each channel on, and how many
--   purchases fewer there would be if nobody came through it any more, as a share of all (the removal effect
--   1 - P(without it) / P). In whole millionths, so that every engine reckons on with the same numbers.
-- grain: one row per dimension (chain) and channel (state)
-- key: chain, state
-- solve: absorbing_chain
SELECT
    dimension AS chain,
    from_channel AS from_state,
    to_channel AS to_state,
    is_conversion AS is_success,
    transition_count
FROM channel_paths
