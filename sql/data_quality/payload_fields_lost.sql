-- title: Payload fields that went missing
-- description: How often each field of a payload, and of its items, is missing, null or empty, against the days before: a price that vanishes from the items is found although the order's revenue is still there.
-- severity: warn
-- needs: two days to compare
-- format: observed percent 1, expected percent 1
-- message: {subject} is missing, null or empty in {observed} of the payloads; {expected} is usual.
-- cause: A change of the shop system or of the data layer on that day.
-- remedy: Restore the field in the data layer. What is computed from it (products, prices, quantities) is not to be trusted on these days; revenue by order is if it is not the field that is missing.
SELECT
    subject,
    population,
    observed,
    expected,
    passed,
    since,
    until,
    events_touched
FROM rate_results
WHERE measure = 'field_missing'
ORDER BY subject, since_date
