-- title: Product pages
-- description: Whether the shop's product pages can be told from others: where no visit has seen one, funnels begin with the cart.
-- grain: one row
-- key: are_known
SELECT CASE WHEN COUNT(*) > 0 THEN 1 ELSE 0 END AS are_known
FROM sessions
WHERE product_view_count > 0
