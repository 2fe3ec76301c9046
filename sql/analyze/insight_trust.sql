-- title: How far the data can be trusted
-- description: What was read, lost and left out; what the quality stage found; and where the tracking itself limits what the rates and channels
--   above can say.
-- section: How far the data can be trusted
-- kind: insight
-- format: records integer, rejected integer, duplicates integer, warnings integer, criticals integer, checks integer,
--   sessionless_share percent 1, sessionless_orders integer, bot_sessions integer, bot_share percent 0, rate percent 2,
--   rate_with_bots percent 2, ordered_share percent 0, multi_channel_orders integer, currencies integer, complete_days integer
-- param least_bot_share: 0.02
-- param least_sessionless_share: 0.01
-- param most_ordered_share: 0.7
-- param least_multi_channel_orders: 100
WITH files AS (
    SELECT
        COALESCE(CAST(SUM(record_count) AS BIGINT), 0) AS records,
        COALESCE(CAST(SUM(rejected_count) AS BIGINT), 0) AS rejected,
        COALESCE(CAST(SUM(loaded_count) AS BIGINT), 0) AS loaded
    FROM input_files
),

kept AS (
    SELECT COALESCE(CAST(SUM(event_count) AS BIGINT), 0) AS events FROM hourly_events
),

checks AS (
    SELECT
        COUNT(DISTINCT check_name) AS checks,
        COUNT(DISTINCT CASE WHEN status = 'fail' AND severity = 'critical' THEN check_name END) AS criticals,
        COUNT(DISTINCT CASE WHEN status = 'fail' AND severity = 'warn' THEN check_name END) AS warnings
    FROM check_results
    WHERE stage = 'data_quality'
),

visits AS (
    SELECT
        COALESCE(CAST(SUM(events) AS BIGINT), 0) AS events,
        COALESCE(CAST(SUM(CASE WHEN is_bot = 0 THEN sessions END) AS BIGINT), 0) AS sessions,
        COALESCE(CAST(SUM(CASE WHEN is_bot = 1 THEN sessions END) AS BIGINT), 0) AS bot_sessions,
        COALESCE(CAST(SUM(CASE WHEN is_bot = 0 THEN buying_sessions END) AS BIGINT), 0) AS buying_sessions,
        COALESCE(CAST(SUM(buying_sessions) AS BIGINT), 0) AS all_buying_sessions,
        COALESCE(CAST(SUM(CASE WHEN is_bot = 0 THEN ordered_buying_sessions END) AS BIGINT), 0) AS ordered_sessions
    FROM session_counts
),

sales AS (
    SELECT
        COUNT(*) AS orders,
        COUNT(CASE WHEN session_number IS NULL THEN 1 END) AS sessionless_orders,
        COUNT(DISTINCT currency) AS currencies
    FROM orders
),

clicks AS (
    SELECT COUNT(*) AS multi_channel_orders FROM purchase_attribution WHERE conversion_type = 'assisted'
),

figures AS (
    SELECT
        files.records,
        files.rejected,
        files.loaded - kept.events AS duplicates,
        checks.checks,
        checks.criticals,
        checks.warnings,
        CAST(kept.events - visits.events AS DOUBLE PRECISION) / NULLIF(kept.events, 0) AS sessionless_share,
        sales.sessionless_orders,
        visits.bot_sessions,
        CAST(visits.bot_sessions AS DOUBLE PRECISION) / NULLIF(visits.sessions + visits.bot_sessions, 0) AS bot_share,
        CAST(visits.buying_sessions AS DOUBLE PRECISION) / NULLIF(visits.sessions, 0) AS rate,
        CAST(visits.all_buying_sessions AS DOUBLE PRECISION) / NULLIF(visits.sessions + visits.bot_sessions, 0) AS rate_with_bots,
        CAST(visits.ordered_sessions AS DOUBLE PRECISION) / NULLIF(visits.buying_sessions, 0) AS ordered_share,
        visits.buying_sessions,
        clicks.multi_channel_orders,
        sales.orders,
        sales.currencies,
        (SELECT COUNT(*) FROM days WHERE is_complete = 1) AS complete_days
    FROM files
    CROSS JOIN kept
    CROSS JOIN checks
    CROSS JOIN visits
    CROSS JOIN sales
    CROSS JOIN clicks
),

sentences AS (
    SELECT
        1 AS sentence_number,
        CASE
            WHEN records = 1 AND rejected = 0 THEN 'There is one record, and it was read.'
            WHEN rejected = 0 AND duplicates = 0 THEN 'All {records} records were read and none stands twice; every total in this report adds up to them, to the cent.'
            WHEN rejected = 0 AND duplicates = 1 THEN 'All {records} records were read, one of them an exact duplicate that is left out; every total in this report adds up to the rest, to the cent.'
            WHEN rejected = 0 THEN 'All {records} records were read, {duplicates} of them exact duplicates that are left out; every total in this report adds up to the rest, to the cent.'
            WHEN duplicates = 0 THEN 'Of {records} records {rejected} could not be read; every total in this report adds up to the rest, to the cent.'
            ELSE 'Of {records} records {rejected} could not be read and {duplicates} are exact duplicates that are left out; every total in this report adds up to the rest, to the cent.'
        END AS sentence
    FROM figures
    UNION ALL
    SELECT
        2,
        CASE
            WHEN criticals > 0 AND warnings = 0 THEN 'Data quality checks that found something critical: {criticals} of {checks}. Don''t act on these numbers before that is looked into.'
            WHEN criticals > 0 THEN 'Data quality checks that found something critical: {criticals} of {checks}, besides {warnings} with a warning. Don''t act on these numbers before that is looked into.'
            WHEN warnings = 0 THEN 'None of the {checks} data quality checks found anything that changes these numbers.'
            WHEN warnings = 1 THEN 'Of {checks} data quality checks one gives a warning: the numbers stand, but read them with it in mind.'
            ELSE 'Of {checks} data quality checks {warnings} give a warning: the numbers stand, but read them with these in mind.'
        END
    FROM figures
    WHERE checks > 0
    UNION ALL
    SELECT
        3,
        CASE
            WHEN sessionless_orders = 0 THEN '{sessionless_share} of events name no visitor or no time: they count as volume, and are in no session and no rate.'
            WHEN sessionless_orders = 1 THEN '{sessionless_share} of events name no visitor or no time: they count as volume and revenue, but are in no session, no rate and no channel; one order is among them.'
            ELSE '{sessionless_share} of events name no visitor or no time: they count as volume and revenue, but are in no session, no rate and no channel; {sessionless_orders} orders are among them.'
        END
    FROM figures
    WHERE sessionless_share >= :least_sessionless_share OR sessionless_orders > 0
    UNION ALL
    SELECT
        4,
        CASE
            WHEN rate > 0 THEN 'Known bots made {bot_sessions} sessions ({bot_share}) and are left out of every rate; with them the conversion rate would read {rate_with_bots} in place of {rate}.'
            ELSE 'Known bots made {bot_sessions} sessions ({bot_share}) and are left out of every rate.'
        END
    FROM figures
    WHERE bot_share >= :least_bot_share
    UNION ALL
    SELECT
        5,
        'Only {ordered_share} of the buying sessions show a product page, cart and checkout in order before the purchase: the tags of the steps between do not always fire, so trust the funnel''s ends more than its middle.'
    FROM figures
    WHERE buying_sessions >= 20 AND ordered_share < :most_ordered_share
    UNION ALL
    SELECT
        6,
        CASE
            WHEN multi_channel_orders = 0 THEN 'No order was touched by more than one tagged channel, so the attribution models have nothing to share out.'
            WHEN multi_channel_orders = 1 THEN 'Only one order was touched by more than one tagged channel: how the credit is shared between channels is exploratory.'
            ELSE 'Only {multi_channel_orders} orders were touched by more than one tagged channel: how the credit is shared between channels is exploratory.'
        END
    FROM figures
    WHERE orders > 0 AND multi_channel_orders < :least_multi_channel_orders
    UNION ALL
    SELECT
        7,
        'Orders come in {currencies} currencies and are added up as if they were one: compare amounts within a currency only.'
    FROM figures
    WHERE currencies > 1
    UNION ALL
    SELECT
        8,
        CASE
            WHEN complete_days = 0 THEN 'No day is complete, so days and weeks are not compared and no change is given.'
            WHEN complete_days = 1 THEN 'There is one complete day: too little for a comparison of one week with the next, so no change is given.'
            ELSE 'There are {complete_days} complete days: too few for a comparison of one week with the next, so no change is given.'
        END
    FROM figures
    WHERE complete_days < 14
)

SELECT 'note' AS tone, sentences.sentence, figures.*
FROM sentences
CROSS JOIN figures
ORDER BY sentences.sentence_number
