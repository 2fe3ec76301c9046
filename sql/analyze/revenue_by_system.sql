-- title: Operating systems
-- description: Sessions, orders and revenue by the operating system of the session's first event, with the 95% Wilson interval of the
--   conversion rate; a rate over too few sessions is not given. One that converts far below the others of its device is a reason
--   to try the checkout on it. Known bots are left out of sessions and rates, not of revenue. Orders outside any session stand apart.
-- section: Devices
-- chart: bar x=operating_system y=conversion_rate low=low_rate high=high_rate top=12
-- format: sessions integer, purchases integer, revenue money, conversion_rate percent 2, low_rate percent 2, high_rate percent 2
-- param least_device_sessions: 200
SELECT
    segment AS operating_system,
    sessions,
    purchases,
    revenue,
    CASE WHEN sessions >= :least_device_sessions THEN conversion_rate END AS conversion_rate,
    CASE WHEN sessions >= :least_device_sessions THEN low_rate END AS low_rate,
    CASE WHEN sessions >= :least_device_sessions THEN high_rate END AS high_rate
FROM segment_rates
WHERE dimension = 'operating system'
ORDER BY sessions DESC, revenue DESC, segment
