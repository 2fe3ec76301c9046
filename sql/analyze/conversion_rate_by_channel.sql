-- title: Conversion rate by channel
-- description: Of a channel's sessions, the share with a purchase, never above 1. A session's channel is the last utm_source inside it,
--   else 'direct'. purchases counts the sessions with a purchase, once each, so it is not the number of orders: two orders in a
--   visit count as one here, and an order outside any session not at all. Known bots are left out by default: they browse,
--   and never buy (--param include_bots=1).
-- section: Channels
-- format: conversion_rate percent 2, sessions integer, purchases integer
-- param include_bots: 0
SELECT
    channel,
    CAST(SUM(sessions) AS BIGINT) AS sessions,
    CAST(SUM(buying_sessions) AS BIGINT) AS purchases,
    CAST(CAST(SUM(buying_sessions) AS BIGINT) AS DOUBLE PRECISION) / CAST(SUM(sessions) AS BIGINT) AS conversion_rate
FROM session_counts
WHERE is_bot = 0 OR :include_bots = 1
GROUP BY channel
ORDER BY CAST(SUM(sessions) AS BIGINT) DESC, channel
