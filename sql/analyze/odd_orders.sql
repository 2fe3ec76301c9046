-- title: Orders worth knowing of
-- description: Orders that are in the reported revenue and are out of the ordinary: without revenue, under an order id used before (another
--   order, or the same one changed), refunds, by known bots, without a client. None is taken out.
-- section: Trust
-- format: orders integer, revenue money
SELECT
    step AS what,
    CAST(SUM(row_count) AS BIGINT) AS orders,
    CAST(CAST(SUM(revenue_cents) AS BIGINT) AS DOUBLE PRECISION) / 100 AS revenue
FROM revenue_ledger
WHERE kind = 'of_which'
GROUP BY step_number, step
ORDER BY step_number
