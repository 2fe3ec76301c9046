-- title: Steps that went missing
-- description: Buyers without a checkout, checkouts without a cart, confirmation pages without a purchase and the reverse, on one day against the days before.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- defect: purchases_without_checkouts
-- defect: checkouts_without_carts
-- defect: confirmation_without_purchase
-- defect: purchases_without_confirmation
-- message: {observed} of the clients on these days: {subject}; {expected} is usual.
-- cause: The tag of the step that is missing stopped firing for some.
-- remedy: Check the tag of the missing step. Where it is the purchase, revenue is too low; compare with the shop system.
SELECT
    subject,
    population,
    observed,
    expected,
    passed,
    since,
    until
FROM rate_results
WHERE measure = 'step_skipped'
ORDER BY subject, since_date
