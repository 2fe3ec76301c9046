-- title: What an item's price is of
-- description: Whether the price of an item is that of the line or of one unit: what more orders add up by, of those that tell the two apart.
--   Products' shares of the revenue go by it (transform/order_items).
-- severity: info
-- needs: orders with a quantity above one, all of whose items have a price
-- defect: item_price_misfit
-- message: The price of an item is read as that of {reading}: so {fitting} of the {population} {population:order that tells|orders that tell} the two apart {fitting:adds|add} up to the revenue, the other way {other} {other:does|do}.
-- remedy: Nothing, if it means that.
-- param sample_rows: as in exact_duplicates
WITH sums AS (
    SELECT
        purchase_records.event_id,
        purchase_records.revenue_cents,
        CAST(SUM(item_amounts.price_cents) AS BIGINT) AS line_cents,
        CAST(SUM(item_amounts.price_cents * COALESCE(item_amounts.quantity, 1)) AS BIGINT) AS unit_cents
    FROM purchase_records
    JOIN item_amounts ON item_amounts.event_id = purchase_records.event_id
    GROUP BY purchase_records.event_id, purchase_records.revenue_cents
    HAVING COUNT(*) = COUNT(item_amounts.price_cents)
),

counted AS (
    SELECT
        COUNT(*) AS order_count,
        COUNT(CASE WHEN line_cents = revenue_cents THEN 1 END) AS by_line,
        COUNT(CASE WHEN unit_cents = revenue_cents THEN 1 END) AS by_unit
    FROM sums
    WHERE line_cents <> unit_cents
)

SELECT
    'item prices' AS subject,
    order_count AS population,
    CASE WHEN by_unit > by_line THEN by_unit ELSE by_line END AS observed,
    order_count AS expected,
    CASE WHEN order_count > 0 THEN 0 ELSE 1 END AS passed,
    CASE WHEN by_unit > by_line THEN 'one unit' ELSE 'the whole line' END AS reading,
    CASE WHEN by_unit > by_line THEN by_unit ELSE by_line END AS fitting,
    CASE WHEN by_unit > by_line THEN by_line ELSE by_unit END AS other
FROM counted

-- samples
SELECT event_lines.file_name, event_lines.line_number, 'tells the price of a line from that of a unit: revenue ' || CAST(sums.revenue_cents AS TEXT) || ' cents, by line ' || CAST(sums.line_cents AS TEXT) || ', by unit ' || CAST(sums.unit_cents AS TEXT) AS reason
FROM (
    SELECT
        purchase_records.event_id,
        purchase_records.revenue_cents,
        CAST(SUM(item_amounts.price_cents) AS BIGINT) AS line_cents,
        CAST(SUM(item_amounts.price_cents * COALESCE(item_amounts.quantity, 1)) AS BIGINT) AS unit_cents
    FROM purchase_records
    JOIN item_amounts ON item_amounts.event_id = purchase_records.event_id
    GROUP BY purchase_records.event_id, purchase_records.revenue_cents
    HAVING COUNT(*) = COUNT(item_amounts.price_cents)
) AS sums
JOIN event_lines ON event_lines.event_id = sums.event_id
WHERE sums.line_cents <> sums.unit_cents AND sums.revenue_cents IS NOT NULL
ORDER BY sums.event_id
LIMIT :sample_rows
