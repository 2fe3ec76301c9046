-- title: Conversion rate by channel
-- description: Of a channel's sessions, the share with a purchase. A session's channel is the last utm_source inside it, else
--   'direct'; several purchases in a session count as one. Known bots are left out by default: they browse, and never buy.
-- section: Channels
-- format: conversion_rate percent 2, sessions integer, purchases integer
-- param include_bots: 0
SELECT
    channel,
    COUNT(*) AS sessions,
    COUNT(CASE WHEN purchase_count > 0 THEN 1 END) AS purchases,
    CAST(COUNT(CASE WHEN purchase_count > 0 THEN 1 END) AS DOUBLE PRECISION) / COUNT(*) AS conversion_rate
FROM sessions
WHERE is_bot = 0 OR :include_bots = 1
GROUP BY channel
ORDER BY sessions DESC, channel
