-- title: Currency
-- description: What money is written with: the one currency that the orders name, or the one that was given (--param currency=USD). Where
--   they name none or several, money is a plain number.
-- section: Revenue
-- kind: currency
-- param currency: ''
SELECT
    CASE
        WHEN :currency <> '' THEN :currency
        WHEN COUNT(DISTINCT currency) = 1 THEN MAX(currency)
    END AS currency,
    COUNT(DISTINCT currency) AS currencies,
    COUNT(CASE WHEN currency IS NULL THEN 1 END) AS orders_without_currency
FROM orders
