-- title: From the records read to the reported revenue
-- description: What became of every record and of the money in it, step by step, over all days; each line leads to the next to the cent. The
--   days stand in the model revenue_ledger.
-- section: Trust
-- chart: waterfall x=step y=revenue
-- format: records integer, revenue money
SELECT
    step,
    CAST(SUM(row_count) AS BIGINT) AS records,
    CAST(CAST(SUM(revenue_cents) AS BIGINT) AS DOUBLE PRECISION) / 100 AS revenue,
    CASE WHEN kind = 'total' THEN 1 ELSE 0 END AS is_total
FROM revenue_ledger
WHERE kind <> 'of_which'
GROUP BY step_number, step, kind
ORDER BY step_number
