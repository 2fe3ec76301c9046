-- title: New and returning visitors
-- description: A visitor is new in the first session that the export holds of the cookie, so the first days count too many as new, and a
--   cleared cookie is a new visitor. Known bots are left out of sessions and rates, not of revenue.
-- section: Visitors
-- chart: bar x=visitor y=conversion_rate low=low_rate high=high_rate
-- format: sessions integer, purchases integer, revenue money, conversion_rate percent 2, low_rate percent 2, high_rate percent 2,
--   revenue_per_session money
SELECT segment AS visitor, sessions, purchases, revenue, conversion_rate, low_rate, high_rate, revenue_per_session
FROM segment_rates
WHERE dimension = 'visitor'
ORDER BY CASE segment WHEN 'new' THEN 1 WHEN 'returning' THEN 2 ELSE 3 END
