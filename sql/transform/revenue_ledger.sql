-- title: Revenue ledger
-- description: From the records in the files to the reported revenue, day by day and step by step. 'total' starts and ends the walk,
--   each 'change' leads from one to the other, and 'of_which' names orders that are in the reported revenue and worth
--   knowing of. A rejected record's money is not known; an event without a readable time stands on its file's day.
-- grain: one row per day and step
-- key: event_date, step_number
-- export: parquet
WITH purchases_as_loaded AS (
    SELECT
        raw_events.event_id,
        COALESCE(raw_events.event_date, input_files.file_date, 'undated') AS event_date,
        COALESCE(raw_orders.revenue_cents, 0) AS revenue_cents,
        CASE WHEN duplicates.event_id IS NULL THEN 0 ELSE 1 END AS is_duplicate
    FROM raw_orders
    JOIN raw_events ON raw_events.event_id = raw_orders.event_id
    JOIN event_taxonomy ON event_taxonomy.raw_event_name = raw_events.event_name
    JOIN input_files ON input_files.file_id = raw_events.file_id
    LEFT JOIN duplicates ON duplicates.event_id = raw_orders.event_id
    WHERE event_taxonomy.event_kind = 'purchase'
),

money AS (
    SELECT
        event_date,
        CAST(SUM(revenue_cents) AS BIGINT) AS loaded_cents,
        CAST(SUM(CASE WHEN is_duplicate = 1 THEN revenue_cents ELSE 0 END) AS BIGINT) AS duplicate_cents
    FROM purchases_as_loaded
    GROUP BY event_date
),

kept AS (
    SELECT
        event_date,
        CAST(SUM(event_count) AS BIGINT) AS row_count,
        CAST(SUM(CASE WHEN event_kind <> 'purchase' THEN event_count ELSE 0 END) AS BIGINT) AS other_count
    FROM hourly_events
    GROUP BY event_date
),

repeated AS (
    SELECT COALESCE(raw_events.event_date, input_files.file_date, 'undated') AS event_date, COUNT(*) AS row_count
    FROM duplicates
    JOIN raw_events ON raw_events.event_id = duplicates.event_id
    JOIN input_files ON input_files.file_id = raw_events.file_id
    GROUP BY COALESCE(raw_events.event_date, input_files.file_date, 'undated')
),

rejected AS (
    SELECT COALESCE(file_date, 'undated') AS event_date, CAST(SUM(rejected_count) AS BIGINT) AS row_count
    FROM input_files
    GROUP BY COALESCE(file_date, 'undated')
    HAVING SUM(rejected_count) > 0
),

ordered AS (
    SELECT
        event_date,
        COUNT(*) AS row_count,
        CAST(SUM(revenue_cents) AS BIGINT) AS revenue_cents,
        COUNT(CASE WHEN revenue_status <> 'ok' THEN 1 END) AS without_revenue_count,
        COUNT(CASE WHEN order_key <> order_id THEN 1 END) AS repeated_id_count,
        CAST(SUM(CASE WHEN order_key <> order_id THEN revenue_cents ELSE 0 END) AS BIGINT) AS repeated_id_cents,
        COUNT(CASE WHEN revenue_cents < 0 THEN 1 END) AS refund_count,
        CAST(SUM(CASE WHEN revenue_cents < 0 THEN revenue_cents ELSE 0 END) AS BIGINT) AS refund_cents,
        COUNT(CASE WHEN is_bot = 1 THEN 1 END) AS bot_count,
        CAST(SUM(CASE WHEN is_bot = 1 THEN revenue_cents ELSE 0 END) AS BIGINT) AS bot_cents,
        COUNT(CASE WHEN client_id IS NULL THEN 1 END) AS clientless_count,
        CAST(SUM(CASE WHEN client_id IS NULL THEN revenue_cents ELSE 0 END) AS BIGINT) AS clientless_cents
    FROM orders
    GROUP BY event_date
),

all_days AS (
    SELECT event_date FROM kept
    UNION
    SELECT event_date FROM repeated
    UNION
    SELECT event_date FROM rejected
),

by_day AS (
    SELECT
        all_days.event_date,
        COALESCE(kept.row_count, 0) AS kept_count,
        COALESCE(kept.other_count, 0) AS other_count,
        COALESCE(repeated.row_count, 0) AS duplicate_count,
        COALESCE(rejected.row_count, 0) AS rejected_count,
        COALESCE(money.loaded_cents, 0) AS loaded_cents,
        COALESCE(money.duplicate_cents, 0) AS duplicate_cents,
        COALESCE(ordered.row_count, 0) AS order_count,
        COALESCE(ordered.revenue_cents, 0) AS order_cents,
        COALESCE(ordered.without_revenue_count, 0) AS without_revenue_count,
        COALESCE(ordered.repeated_id_count, 0) AS repeated_id_count,
        COALESCE(ordered.repeated_id_cents, 0) AS repeated_id_cents,
        COALESCE(ordered.refund_count, 0) AS refund_count,
        COALESCE(ordered.refund_cents, 0) AS refund_cents,
        COALESCE(ordered.bot_count, 0) AS bot_count,
        COALESCE(ordered.bot_cents, 0) AS bot_cents,
        COALESCE(ordered.clientless_count, 0) AS clientless_count,
        COALESCE(ordered.clientless_cents, 0) AS clientless_cents
    FROM all_days
    LEFT JOIN kept ON kept.event_date = all_days.event_date
    LEFT JOIN repeated ON repeated.event_date = all_days.event_date
    LEFT JOIN rejected ON rejected.event_date = all_days.event_date
    LEFT JOIN money ON money.event_date = all_days.event_date
    LEFT JOIN ordered ON ordered.event_date = all_days.event_date
),

steps AS (
    SELECT event_date, 1 AS step_number, 'records read' AS step, 'total' AS kind, kept_count + duplicate_count + rejected_count AS row_count, loaded_cents AS revenue_cents
    FROM by_day
    UNION ALL
    SELECT event_date, 2, 'rejected', 'change', -rejected_count, 0 FROM by_day
    UNION ALL
    SELECT event_date, 3, 'exact duplicates', 'change', -duplicate_count, -duplicate_cents FROM by_day
    UNION ALL
    SELECT event_date, 4, 'not a purchase', 'change', -other_count, 0 FROM by_day
    UNION ALL
    SELECT event_date, 5, 'orders', 'total', order_count, order_cents FROM by_day
    UNION ALL
    SELECT event_date, 6, 'without revenue', 'of_which', without_revenue_count, 0 FROM by_day
    UNION ALL
    SELECT event_date, 7, 'order id used before', 'of_which', repeated_id_count, repeated_id_cents FROM by_day
    UNION ALL
    SELECT event_date, 8, 'refunds', 'of_which', refund_count, refund_cents FROM by_day
    UNION ALL
    SELECT event_date, 9, 'by bots', 'of_which', bot_count, bot_cents FROM by_day
    UNION ALL
    SELECT event_date, 10, 'without a client', 'of_which', clientless_count, clientless_cents FROM by_day
)

SELECT event_date, step_number, step, kind, row_count, revenue_cents
FROM steps
